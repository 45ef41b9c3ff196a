/**
 * Faults of the discovery document and of a provider that cannot be reached, at the start of a sign-in. A good document is kept for ten
 * minutes, a bad one never: the stage of this file only ever sees bad ones, until the last test.
 */
import { gzipSync } from "node:zlib";
import { comeBack, expect, expectRefused, expectSignedIn, test } from "../support/attack.ts";
import { createHttpClient } from "../support/http-client.ts";
import { type Answer, json, type Script } from "../support/scripted-provider.ts";

test.describe.configure({ mode: "default" });

const raw =
  (body: string | Buffer, status = 200, headers: Record<string, string> = { "content-type": "application/json" }): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(body);
const mebibytes = (count: number) => Buffer.alloc(count * 1024 * 1024, " ");
const elsewhere = "http://127.0.0.1:9/oauth/x";

const faults: [row: string, name: string, script: Script, status: 502 | 503][] = [
  ["A23", "the connection is cut", { discovery: (request) => request.socket.destroy() }, 503],
  ["A23", "out of service", { discovery: raw("", 503) }, 503],
  ["A23", "too many requests", { discovery: raw("", 429, { "retry-after": "60" }) }, 503],
  ["A23", "not found", { discovery: raw("", 404) }, 503],
  ["A23", "HTML", { discovery: raw("<!doctype html><title>Maintenance</title>", 200, { "content-type": "text/html" }) }, 502],
  ["A23", "empty", { discovery: raw("") }, 502],
  ["A23", "null", { discovery: raw("null") }, 502],
  ["A23", "half a document", { discovery: raw('{"issuer":"') }, 502],
  ["A23", "a redirect", { discovery: raw("", 302, { location: "/elsewhere" }) }, 502],
  ["A23, A26", "100 MB", { discovery: raw(mebibytes(100)) }, 502],
  ["A27", "a gzip bomb", { discovery: raw(gzipSync(mebibytes(50)), 200, { "content-encoding": "gzip" }) }, 502],
  ["M17, A29", "another issuer", { metadata: { issuer: "http://localhost:1" } }, 502],
  ["A29", "no issuer", { metadata: { issuer: undefined } }, 502],
  ["A30", "a token endpoint on another host", { metadata: { token_endpoint: elsewhere } }, 502],
  ["A30", "a userinfo endpoint on another host", { metadata: { userinfo_endpoint: elsewhere } }, 502],
  ["A30", "keys on another host", { metadata: { jwks_uri: elsewhere } }, 502],
  ["A30", "an authorization endpoint on another host", { metadata: { authorization_endpoint: elsewhere } }, 502],
  ["A28", "an endpoint that is no web address", { metadata: { token_endpoint: "file:///etc/passwd" } }, 502],
  ["A28", "an endpoint with a password in it", { metadata: { token_endpoint: "http://user:secret@localhost/token" } }, 502],
];

for (const [row, name, script, status] of faults) {
  test(`${row}: discovery: ${name}`, async ({ stage }) => {
    stage.provider.play(script);
    const client = createHttpClient(stage.app);
    const response = await client.request(`${stage.app}/login?next=/account`);
    const code = status === 502 ? "provider_nonsense" : "provider_unreachable";
    await expectRefused(stage, { client, response, status, code, request: "GET /login" });
    expect(stage.provider.asked).toEqual(["GET /.well-known/openid-configuration"]);
  });
}

test("A24: discovery: never answers, stalls after the headers, sends a byte a second", async ({ stage }) => {
  const hangs: Answer[] = [
    () => undefined,
    (_, response) => void response.writeHead(200).write("{"),
    (_, response) => {
      const drip = setInterval(() => response.write(" "), 1000);
      response.once("close", () => clearInterval(drip));
    },
  ];
  stage.provider.play({ discovery: (...args) => hangs.pop()?.(...args) });
  const attempts = hangs.map(async () => {
    const client = createHttpClient(stage.app);
    const started = performance.now();
    const response = await client.request(`${stage.app}/login?next=/account`);
    expect(performance.now() - started).toBeLessThan(15_000);
    return { client, response };
  });
  for (const attempt of await Promise.all(attempts)) {
    await expectRefused(stage, { ...attempt, status: 503, code: "provider_unreachable", request: "GET /login" });
  }
});

test("A17, A06: a document that offers less is not followed: S256 is sent, and only RS256 accepted", async ({ stage }) => {
  const metadata = { code_challenge_methods_supported: ["plain"], id_token_signing_alg_values_supported: ["none", "HS256"] };
  const { client, callback } = await comeBack(stage, { metadata });
  const response = await client.request(callback);
  await expectSignedIn(stage, client, response);
  // What was kept now is this document.
  const asked: string[] = [];
  const authorize: Answer = (request, answer) => {
    asked.push(request.url ?? "");
    json({})(request, answer, "");
  };
  await comeBack(stage, { authorize });
  expect(new URL(asked[0] ?? "", stage.app).searchParams.get("code_challenge_method")).toBe("S256");
  const header = Buffer.from('{"alg":"none"}').toString("base64url");
  const unsigned = await comeBack(stage, { idToken: (signed) => `${header}.${signed.split(".")[1]}.` });
  await expectRefused(stage, { client: unsigned.client, response: await unsigned.client.request(unsigned.callback) });
});
