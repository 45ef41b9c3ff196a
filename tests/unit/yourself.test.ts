import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { yourself } from "../../dev/identity-provider/yourself.ts";

let server: Server;
let hub: string;
let answer: { status: number; body: string };
let asked: { url: string | undefined; authorization: string | undefined }[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
});

const whoami = {
  type: "user",
  id: "64b1f7e5c0ffee0123456789",
  name: "me",
  fullname: "Me Myself",
  isPro: true,
  avatarUrl: "/avatars/me.svg",
  orgs: [{ type: "org", id: "64b1f7e5c0ffee0123456780", name: "acme", fullname: "Acme", roleInOrg: "admin", plan: "something-new" }],
};

test("you are offered as the Hub knows you, with your own token", async () => {
  answer = { status: 200, body: JSON.stringify(whoami) };
  const you = await yourself("hf_mine", hub);
  expect(asked).toEqual([{ url: "/api/whoami-v2", authorization: "Bearer hf_mine" }]);
  expect(you).toMatchObject({ sub: whoami.id, username: "me", name: "Me Myself", isPro: true, accessToken: "hf_mine" });
  expect(you.pictureUrl).toBe(`${hub}/avatars/me.svg`);
  expect(you.organizations).toEqual([{ sub: "64b1f7e5c0ffee0123456780", username: "acme", name: "Acme", role: "admin" }]);
});

test.each([
  ["a refused token", { status: 401, body: "{}" }, "the Hub answered 401."],
  ["an organization's token", { status: 200, body: JSON.stringify({ ...whoami, type: "org" }) }, "it does not belong to a person."],
  ["no JSON", { status: 200, body: "<html>" }, "it does not belong to a person."],
])("%s is said in a sentence", async (_, given, sentence) => {
  answer = given;
  await expect(yourself("hf_mine", hub)).rejects.toThrow(sentence);
});

test("without a network you are left out, with a sentence", async () => {
  await expect(yourself("hf_mine", "http://127.0.0.1:9")).rejects.toThrow("the Hub could not be reached.");
});
