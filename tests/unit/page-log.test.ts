import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, expect, test, vi } from "vitest";
import { logOtherAnswers } from "@/lib/http/page-log";

let written: string[];

beforeEach(() => {
  written = [];
  for (const stream of ["log", "error"] as const) vi.spyOn(console, stream).mockImplementation((text: string) => void written.push(text));
});

/** Asks a server whose answers are attended; gives back the id that the answer has, once it is finished. */
async function ask(path: string, answer: { status?: number; id?: string } = {}): Promise<string | undefined> {
  const server = createServer((request, response) => {
    logOtherAnswers(request, response);
    if (answer.id) response.setHeader("x-request-id", answer.id);
    response.writeHead(answer.status ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const id = await new Promise<string | undefined>((resolve, reject) => {
    send({ port, path, host: "127.0.0.1" }, (response) => {
      response.resume().once("end", () => resolve(response.headers["x-request-id"] as string | undefined));
    })
      .once("error", reject)
      .end();
  });
  await new Promise((resolve) => server.close(resolve));
  return id;
}

const lines = () => written.map((text) => JSON.parse(text) as Record<string, unknown>);

test("a page has one line, under the id of its answer", async () => {
  const id = await ask("/gallery?q=secret");
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(lines()).toEqual([{ level: "info", time: expect.any(String), id, request: "GET /gallery", status: 200, ms: expect.any(Number) }]);
});

test("nothing of a path is written but plain words", async () => {
  await ask("/gallery/0190c8a4-0000-7000-8000-000000000000/hf_oauth_x/Secret/and/so/on", { status: 404 });
  expect(lines()).toMatchObject([{ request: "GET /gallery/[…]/[…]/[…]", status: 404 }]);
  await ask("/gallery/trash", { status: 500 });
  expect(lines()[1]).toMatchObject({ level: "error", request: "GET /gallery/trash", status: 500 });
});

test("route handlers write their own line, and files of the build have none", async () => {
  expect(await ask("/api/me", { id: "their-own" })).toBe("their-own");
  expect(await ask("/_next/static/chunks/a.js")).toBeUndefined();
  expect(await ask("/icon.svg")).toBeUndefined();
  expect(await ask("/wall/01.webp")).toBeUndefined();
  expect(written).toEqual([]);
  await ask("/wall/nothing", { status: 404 });
  expect(lines()).toMatchObject([{ request: "GET /wall/nothing", status: 404 }]);
});
