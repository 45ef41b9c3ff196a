/**
 * Attacks on a sign-in and faults of the provider, over HTTP against the production build. M01–M19 are the modules of the OpenID
 * Foundation's relying-party certification (basic and config plan), A01–A50 the rows of our own list. After every refusal: a page with
 * "Try again" and a right status, no session, no cookie of the sign-in, one line in the log, no secret in it (`expectRefused`).
 *
 * | rows | covered elsewhere |
 * |---|---|
 * | M17, A17, A23, A24 (start), A26–A30 (discovery) | attacks-on-discovery.spec.ts |
 * | A03 (tolerance to the second), A08 | tests/unit/transport.test.ts "is allowed ten seconds…", "finds a key that was changed…" |
 * | A31 (where one goes afterwards) | return-address.spec.ts; tests/unit/next-path.test.ts |
 * | A13 (older than fifteen minutes) | handoff.spec.ts "A13…" |
 * | A23 (a name that does not exist, TLS) | tests/unit/transport.test.ts "A23…" |
 * | A28 (http issuer, http endpoints) | tests/unit/transport.test.ts "refuses plain http unless…" |
 * | A37, A38, A39, A43, and again A33, A34 | sign-in.spec.ts "A37…", "A38…", "A39…", "A19, A38, A43…", "a callback that…" |
 * | A40 (damaged sessions) | bad-input.spec.ts "damaged cookies…" |
 * | A19 (mix-up) | no second provider can be set up: sign-in.spec.ts "A19, A38, A43…" |
 * | M01, M08 with a second, independent provider (oidc-provider) | sign-in.spec.ts, every sign-in |
 *
 * | their test | ours |
 * |---|---|
 * | huggingface_hub: not logged in | isolation.spec.ts "signed out, nothing…" |
 * | huggingface_hub: workflow, mocked info; huggingface.js: whole flow, userinfo | sign-in.spec.ts "the badge opens a tab…"; here "M13"; tests/unit/claims.test.ts |
 * | huggingface_hub: uris default, prefix stripped, prefix with slashes | redirect-uri.spec.ts; return-address.spec.ts |
 * | gradio TestOAuthSecurity: evil.com, //evil.com, my-page, default, multi-slash, backslash | return-address.spec.ts; tests/unit/next-path.test.ts |
 * | gradio: mock does not leak the token | sign-in.spec.ts "the session is one encrypted cookie…" |
 * | gradio: expired token or session (4 cases) | here "A49" |
 * | gradio 13641: retry count; undecodable cookie | sign-in.spec.ts "…starts one again, once"; bad-input.spec.ts "damaged cookies…" |
 * | gradio test_buttons: outside a Space; the click has a script only | settings.spec.ts, without a client; frame.spec.ts "without scripts…" |
 * | next-auth v5: checks of another provider, callback addresses, a failing proxy | here "A19" in the table above; tests/unit/next-path.test.ts; isolation.spec.ts |
 * | chat-ui updateUser (4), loginEnabled | no counterpart: there is no user record to migrate; settings.spec.ts, without a client |
 * | Logto: uri, uri with custom scope | sign-in.spec.ts "A37…"; here "M13" |
 * | Logto: valid SocialUserInfo | here "M13" |
 * | Logto: AuthorizationFailed (no code) | here "A20", "A10" |
 * | Logto: InvalidResponse (token), (userinfo), SocialAuthCodeInvalid, SocialAccessTokenInvalid, General | here "A25", "A12" |
 */

import { createHash } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { exportSPKI } from "jose";
import {
  callbackPath,
  clientId,
  clientSecret,
  comeBack,
  expect,
  expectRefused,
  expectSignedIn,
  ours,
  type Stage,
  signInBy,
  test,
} from "../support/attack.ts";
import { createHttpClient } from "../support/http-client.ts";
import { canWatchMemory, watchMemory } from "../support/memory.ts";
import { onlyWhere } from "../support/only-where.ts";
import { type Answer, json, newKey, type Script } from "../support/scripted-provider.ts";
import { withServer } from "../support/with-server.ts";

test.describe.configure({ mode: "default" });

const now = () => Math.floor(Date.now() / 1000);
const raw =
  (body: string | Buffer, status = 200, headers: Record<string, string> = { "content-type": "application/json" }): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(body);
const mebibytes = (count: number) => Buffer.alloc(count * 1024 * 1024, " ");
const bytes = (text: string) => new TextEncoder().encode(text);
const unsigned = (signed: string, alg = "none") => `${Buffer.from(JSON.stringify({ alg })).toString("base64url")}.${signed.split(".")[1]}.`;

/** A script, or what makes one when it needs to know the stage. */
type Scripted = Script | ((stage: Stage) => Script | Promise<Script>);

const idTokens: [row: string, name: string, script: Scripted][] = [
  ["M02, A01", "issued by another", { claims: { iss: "https://evil.example" } }],
  ["A01", "issuer with a trailing slash", ({ provider }) => ({ claims: { iss: `${provider.issuer}/` } })],
  ["A01", "issuer in upper case", ({ provider }) => ({ claims: { iss: provider.issuer.toUpperCase() } })],
  ["A01", "issuer over https", ({ provider }) => ({ claims: { iss: provider.issuer.replace("http:", "https:") } })],
  ["M03", "no sub", { claims: { sub: undefined } }],
  ["M04, A02", "for another client", { claims: { aud: "another-client" } }],
  ["M04", "for nobody", { claims: { aud: undefined } }],
  ["A02", "for us and another, without azp", { claims: { aud: [clientId, "another-client"] } }],
  ["A02", "for another authorized party", { claims: { azp: "another-client" } }],
  ["M05", "no iat", { claims: { iat: undefined } }],
  ["A03", "ended", () => ({ claims: { exp: now() - 20 } })],
  ["A03", "never ends", { claims: { exp: undefined } }],
  ["A03", "ends at a text", { claims: { exp: "tomorrow" } }],
  ["A03", "not yet valid", () => ({ claims: { nbf: now() + 30 } })],
  ["A03, A50", "issued in five minutes: our clock is behind", () => ({ claims: { iat: now() + 300 } })],
  ["A50", "ended five minutes ago: our clock is ahead", () => ({ claims: { iat: now() - 900, exp: now() - 300 } })],
  ["M12, A04", "another nonce", { claims: { nonce: "another" } }],
  ["A04", "no nonce", { claims: { nonce: undefined } }],
  ["M09, A05", "not signed", { idToken: (signed) => unsigned(signed) }],
  ["A05", "not signed, in other words", { idToken: (signed) => unsigned(signed, "NONE") }],
  ["A06", "HS256 with the client's secret", { header: { alg: "HS256" }, signWith: bytes(clientSecret) }],
  [
    "A06",
    "HS256 with the public key as secret",
    async ({ provider }) => {
      const { publicKey } = provider.keys[0] ?? (await newKey("none"));
      return { header: { alg: "HS256" }, signWith: bytes(await exportSPKI(publicKey)) };
    },
  ],
  ["M10, A07", "signed with another key", async () => ({ signWith: (await newKey("first")).privateKey })],
  ["A07", "signature cut short", { idToken: (signed) => signed.slice(0, -8) }],
  [
    "A07",
    "signature of other claims",
    { idToken: (signed) => signed.replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"x"}').toString("base64url")}.`) },
  ],
  ["A07", "a key that nobody knows", async () => ({ header: { kid: "unknown" }, signWith: (await newKey("unknown")).privateKey })],
  [
    "A09",
    "brings its own key",
    async () => ({ header: { kid: "first", jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } }, signWith: (await newKey("first")).privateKey }),
  ],
  ["A10, M09", "missing", { idToken: () => undefined }],
  ["A10", "empty", { idToken: () => "" }],
  ["A10", "no text", { idToken: () => ({ sub: "scripted-person" }) }],
  ["A45", "sub is a number", { claims: { sub: 42 }, person: { sub: 42 } }],
  ["A45", "sub of 200 letters", { claims: { sub: "x".repeat(200) }, person: { sub: "x".repeat(200) } }],
  ["A45", "sub in another script", { claims: { sub: "ада" }, person: { sub: "ада" } }],
  ["A45", "sub is a path", { claims: { sub: "../x" }, person: { sub: "../x" } }],
];

for (const [row, name, scripted] of idTokens) {
  test(`${row}: ID token: ${name}`, async ({ stage }) => {
    const { client, response } = await signInBy(stage, typeof scripted === "function" ? await scripted(stage) : scripted);
    await expectRefused(stage, { client, response });
    expect(stage.provider.redeemed).toHaveLength(1);
    // Keys are looked for at most once more.
    expect(stage.provider.asked.filter((asked) => asked.endsWith("/oauth/jwks")).length).toBeLessThanOrEqual(2);
    expect(stage.provider.asked.join()).not.toContain("evil");
    // Whoever runs the app must be able to tell that a clock is wrong.
    if (row.includes("A50")) expect(stage.lines.slice(-6).join("\n")).toMatch(/issued in the future|\\"exp\\" claim/);
  });
}

const endpoints: [row: string, name: string, script: Script, status: 400 | 502 | 503, code?: string][] = [
  ["M11, A11", "userinfo of somebody else", { person: { sub: "somebody-else" } }, 502],
  ["A11", "userinfo of nobody", { person: { sub: undefined } }, 502],
  ["A12", "userinfo: 401", { userinfo: json({ error: "invalid_token" }, 401) }, 502],
  ["A12", "userinfo: 422", { userinfo: json({ error: "no" }, 422) }, 502],
  ["A12", "userinfo: 500", { userinfo: raw("", 500) }, 503],
  ["A12", "userinfo: HTML", { userinfo: raw("<p>hello", 200, { "content-type": "text/html" }) }, 502],
  ["A12", "userinfo: a signed token", { userinfo: raw("ey.ey.x", 200, { "content-type": "application/jwt" }) }, 502],
  ["A12", "userinfo: empty", { userinfo: raw("") }, 502],
  ["A12", "userinfo: null", { userinfo: raw("null") }, 502],
  ["A12", "userinfo: a list", { userinfo: raw("[]") }, 502],
  ["A12, A26", "userinfo: 100 MB", { userinfo: raw(mebibytes(100)) }, 502],
  ["A27", "userinfo: a gzip bomb", { userinfo: raw(gzipSync(mebibytes(50)), 200, { "content-encoding": "gzip" }) }, 502],
  ["A46", "a name of 1 MB", { person: { name: "x".repeat(1024 * 1024) } }, 502],
  ["A25", "token: 500", { token: raw("", 500) }, 503],
  ["A25", "token: too many requests", { token: raw("", 429, { "retry-after": "1" }) }, 503],
  ["A25", "token: 302", { token: raw("", 302, { location: "/evil" }) }, 502],
  ["A25", "token: 307", { token: raw("", 307, { location: "/evil" }) }, 502],
  ["A25", "token: HTML", { token: raw("<p>hello", 200, { "content-type": "text/html" }) }, 502],
  ["A25", "token: broken JSON", { token: raw('{"access_token":') }, 502],
  ["A25", "token: null", { token: raw("null") }, 502],
  ["A25", "token: the same field twice", { token: raw('{"access_token":"a","access_token":"b","token_type":"bearer"}') }, 502],
  ["A25", "token: the code is refused", { token: json({ error: "invalid_grant" }, 400) }, 400],
  ["A25", "token: we are refused", { token: json({ error: "invalid_client" }, 401) }, 502],
  ["A25", "token: no access token", { tokens: { access_token: undefined } }, 502],
  ["A25", "token: an empty access token", { tokens: { access_token: "" } }, 502],
  ["A25", "token: ends before it begins", { tokens: { expires_in: -1 } }, 502],
  ["A25", "token: ends at once", { tokens: { expires_in: 0 } }, 502],
  ["A25", "token: lives for ever", { tokens: { expires_in: 1e15 } }, 502],
  ["A25", "token: of another type", { tokens: { token_type: "mac" } }, 502],
  ["A26", "token: 100 MB", { token: raw(mebibytes(100)) }, 502],
  ["A27", "token: a gzip bomb", { token: raw(gzipSync(mebibytes(50)), 200, { "content-encoding": "gzip" }) }, 502],
  ["A18", "the answer names another issuer", { response: { iss: "https://evil.example" } }, 502],
  ["A18", "the answer names no issuer although that was promised", { response: { iss: null } }, 502],
  ["A20", "login_required", { response: { code: null, error: "login_required" } }, 502, "sign_in_refused"],
  ["A20", "unauthorized_client", { response: { code: null, error: "unauthorized_client" } }, 502, "sign_in_refused"],
  ["A20", "server_error", { response: { code: null, error: "server_error" } }, 503],
  ["A20", "temporarily_unavailable", { response: { code: null, error: "temporarily_unavailable" } }, 503],
  ["A20", "neither code nor error", { response: { code: null } }, 502],
  [
    "A22",
    "a description with markup",
    { response: { code: null, error: "x", error_description: "<img src=x onerror=alert(1)>" } },
    502,
    "sign_in_refused",
  ],
  [
    "A22",
    "a description with line breaks",
    { response: { code: null, error: "x", error_description: 'a\r\n{"level":"forged"}' } },
    502,
    "sign_in_refused",
  ],
];
const codes = { 400: "sign_in_expired", 502: "provider_nonsense", 503: "provider_unreachable" } as const;

for (const [row, name, script, status, code = codes[status]] of endpoints) {
  test(`${row}: ${name}`, async ({ stage }) => {
    const { client, response } = await signInBy(stage, script);
    await expectRefused(stage, { client, response, status, code });
    expect(stage.provider.redeemed.length).toBe(row === "A18" || row === "A20" || row === "A22" ? 0 : 1);
    expect(stage.provider.asked.join()).not.toContain("evil");
    expect(stage.lines.join("\n")).not.toMatch(/onerror|^\{"level":"forged"/m);
  });
}

test("A26: 100 MB of keys", async ({ stage }) => {
  const signWith = (await newKey("wanted")).privateKey;
  const { client, response } = await signInBy(stage, { header: { kid: "wanted" }, signWith, jwks: raw(mebibytes(100)) });
  await expectRefused(stage, { client, response });
});

test("A26: 100 MB at the token endpoint and at userinfo, again and again, are never held", async ({ stage }) => {
  onlyWhere(canWatchMemory, "only Linux tells how much memory another process holds");
  const huge = raw(mebibytes(100));
  for (const script of [{ token: huge }, { userinfo: huge }]) await signInBy(stage, script);
  for (const script of [{ token: huge }, { userinfo: huge }]) {
    const growth = watchMemory(stage.pid);
    for (let time = 0; time < 3; time++) await signInBy(stage, script);
    expect(growth()).toBeLessThan(20);
  }
});

test("M01, M08, M13, M14, M15, M16: the whole flow, as it should be", async ({ stage }) => {
  const { app, provider } = stage;
  provider.play();
  const client = createHttpClient(app);
  const authorization = (await client.request(`${app}/login?next=/account`)).headers.get("location") ?? "";
  const asked = new URL(authorization).searchParams;
  expect(asked.get("scope")).toBe("openid profile");
  expect(asked.get("code_challenge_method")).toBe("S256");
  expect(asked.get("redirect_uri")).toBe(app + callbackPath);
  const callback = (await client.request(authorization)).headers.get("location") ?? "";
  await expectSignedIn(stage, client, await client.request(callback));
  const [form] = provider.redeemed;
  expect(
    createHash("sha256")
      .update(form?.get("code_verifier") ?? "")
      .digest("base64url"),
  ).toBe(asked.get("code_challenge"));
  expect(form?.get("redirect_uri")).toBe(app + callbackPath);
  expect(form?.has("client_secret")).toBe(false);
  const [id, secret] = Buffer.from(provider.credentials?.replace("Basic ", "") ?? "", "base64")
    .toString()
    .split(":");
  expect([id, secret].map((part) => new URLSearchParams(`x=${part}`).get("x"))).toEqual([clientId, clientSecret]);
  const me = (await (await client.request(`${app}/api/me`)).json()) as object;
  expect(me).toMatchObject({ id: "scripted-person", username: "scripted", name: "Scripted Person", isPro: false, organizations: [] });
});

const accepted: [row: string, name: string, script: Scripted][] = [
  ["M06", "no kid and one key", { header: { kid: undefined } }],
  ["A02", "several audiences, and we are the authorized party", { claims: { aud: [clientId, "another-client"], azp: clientId } }],
  ["A03", "clocks that differ by some seconds", () => ({ claims: { iat: now() + 7, exp: now() + 600 } })],
  [
    "A09",
    "addresses in the header, which are not asked",
    ({ provider }) => ({ header: { jku: `${provider.issuer}/evil`, x5u: `${provider.issuer}/evil` } }),
  ],
  ["A46", "markup for a name", { person: { name: "<img src=x onerror=alert(1)>", preferred_username: '"><svg onload=x>' } }],
  ["A46", "a script for a picture", { person: { picture: "javascript:alert(1)" } }],
  ["A45", "organizations and fields of odd types", { person: { isPro: "yes", orgs: "none", name: 7 } }],
];
for (const [row, name, scripted] of accepted) {
  test(`${row}: accepted: ${name}`, async ({ stage }) => {
    const { client, response } = await signInBy(stage, typeof scripted === "function" ? await scripted(stage) : scripted);
    await expectSignedIn(stage, client, response);
    expect(stage.provider.asked.join()).not.toContain("evil");
    const page = await (await client.request(`${stage.app}/account`)).text();
    expect(page).not.toMatch(/<img src=x|<svg onload|javascript:alert/);
  });
}

test("M18, M19, A08: keys that change before the next sign-in, or between its start and its end", async ({ stage }) => {
  for (const kid of ["second", "third"]) {
    const { client, callback } = await comeBack(stage);
    stage.provider.keys = [await newKey(kid)];
    await expectSignedIn(stage, client, await client.request(callback));
  }
});

test("M07: no kid and several keys is refused", async ({ stage }) => {
  const before = stage.provider.keys;
  stage.provider.keys = [...before, await newKey("other")];
  // A key of neither: the keys are fetched anew, now two.
  await signInBy(stage, { header: { kid: "none" } });
  const { client, response } = await signInBy(stage, { header: { kid: undefined } });
  await expectRefused(stage, { client, response });
  stage.provider.keys = before;
});

test("A20: declining leads back with a notice, and asks the provider nothing more", async ({ stage }) => {
  const { client, response } = await signInBy(stage, { response: { code: null, error: "access_denied" } });
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe(`${stage.app}/?notice=declined`);
  expect(ours(client)).toEqual([]);
  expect(stage.provider.redeemed).toEqual([]);
});

test("A13: state that is missing, wrong, or of another browser starts again once, then says so", async ({ stage }) => {
  for (const change of [null, "wrong", "ey.forged.state"]) {
    const { client, callback } = await comeBack(stage, { response: { state: change } });
    const first = await client.request(callback);
    expect(first.headers.get("location")).toBe(`${stage.app}/login?next=%2Faccount`);
    const keeps = ours(client);
    expect(keeps.filter((name) => name.includes("restarted"))).toHaveLength(1);
    await expectRefused(stage, { client, response: await client.request(callback), status: 400, code: "sign_in_expired", keeps });
    expect(stage.provider.redeemed).toEqual([]);
  }
  const { callback } = await comeBack(stage);
  const stranger = createHttpClient(stage.app);
  expect((await stranger.request(callback)).headers.get("location")).toBe(`${stage.app}/login?next=%2Fgallery`);
  expect((await stranger.request(`${stage.app}/api/me`)).status).toBe(401);
  expect(stage.provider.redeemed).toEqual([]);
});

test("A13, A15: an answer used twice, also at the same moment, gives one session, which stays", async ({ stage }) => {
  const { client, callback } = await comeBack(stage);
  const answers = await Promise.all([client.request(callback), client.request(callback)]);
  expect(answers.map(({ status }) => status).every((status) => status < 500)).toBe(true);
  await client.request(callback);
  expect((await client.request(`${stage.app}/api/me`)).status).toBe(200);
  expect(ours(client)).toEqual(["keepsake-session"]);
});

test("A14: an answer that was never asked for signs nobody in, and nobody out", async ({ stage }) => {
  const { client } = await signInBy(stage);
  const attacker = await comeBack(stage, { claims: { sub: "attacker" }, person: { sub: "attacker" } });
  await client.request(attacker.callback);
  expect(await (await client.request(`${stage.app}/api/me`)).json()).toMatchObject({ id: "scripted-person" });
  expect(stage.provider.redeemed).toEqual([]);
});

test("A16: a stolen code in an attacker's own answer is refused", async ({ stage }) => {
  const victim = await comeBack(stage);
  const attacker = await comeBack(stage);
  const forged = new URL(attacker.callback);
  forged.searchParams.set("code", new URL(victim.callback).searchParams.get("code") ?? "");
  await expectRefused(stage, { client: attacker.client, response: await attacker.client.request(forged.href) });
});

test("A21, A22, A32, A33, A34: what belongs to no sign-in is not believed, and costs one under way nothing", async ({ stage }) => {
  const { client, callback } = await comeBack(stage);
  const keeps = ours(client);
  const { searchParams } = new URL(callback);
  const twice = (name: string) => `${searchParams}&${name}=${encodeURIComponent(searchParams.get(name) ?? "x")}`;
  const malformed = ["code", "state", "iss"].map(twice);
  malformed.push("error=a&error=b", "id_token=x", "access_token=x", "response=x", `${searchParams}&id_token=x`, "admin=true");
  for (const query of malformed) {
    const response = await client.request(`${stage.app}${callbackPath}?${query}`);
    await expectRefused(stage, { client, response, status: 400, code: "sign_in_malformed", keeps });
  }
  for (const query of [
    "error=access_denied",
    "error=server_error&state=wrong",
    "error=x&error_description=%3Cimg%20src%3Dx%3E%0d%0aSet-Cookie:x",
  ]) {
    const response = await client.request(`${stage.app}${callbackPath}?${query}`);
    await expectRefused(stage, { client, response, status: 400, code: "sign_in_expired", keeps });
  }
  const flood = await client.request(`${stage.app}${callbackPath}?error=x&error_description=${"x".repeat(100_000)}`);
  expect(flood.status).toBe(431);
  for (const method of ["POST", "PUT", "DELETE"]) {
    expect((await client.request(callback, { method, headers: { origin: "https://evil.example" } })).status).toBe(405);
  }
  await expectSignedIn(stage, client, await client.request(callback));
});

/** One request with exactly these bytes. */
function sendRaw(stage: Stage, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(stage.app).port), "localhost", () => socket.write(`${head}\r\nConnection: close\r\n\r\n`));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.once("close", () => resolve(answer));
    socket.once("error", reject);
  });
}

test("A35: no host but the configured one is ever named", async ({ stage }) => {
  stage.provider.play();
  const { host } = new URL(stage.app);
  const heads = [
    "GET /login HTTP/1.1\r\nHost: evil.example",
    `GET /login HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: evil.example`,
    `GET /login HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: evil.example, ${host}\r\nX-Forwarded-Port: 1`,
    `GET /login HTTP/1.1\r\nHost: ${host}\r\nForwarded: host=evil.example;proto=https`,
    `GET /login HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example`,
    "GET /gallery HTTP/1.1\r\nHost: evil.example",
    `GET ${callbackPath}?code=a&state=b HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example`,
    "GET http://evil.example/login?next=/account HTTP/1.1\r\nHost: evil.example",
  ];
  for (const head of heads) {
    const answer = await sendRaw(stage, head);
    expect(answer, head).toMatch(/^HTTP\/1\.1 (303|307|400)/);
    expect(answer, head).not.toContain("evil.example");
  }
});

test("A36: on an https origin cookies are of this host alone and secure, whatever a proxy says", async ({ stage }) => {
  const host = "keepsake.example";
  const environment = { OPENID_PROVIDER_URL: stage.provider.issuer, OAUTH_CLIENT_ID: clientId, APP_URL: `https://${host}` };
  await withServer({ environment }, async ({ origin }) => {
    const { hostname, port } = new URL(origin);
    for (const protocol of ["http", "https", "http, https"]) {
      const cookies = await new Promise<string[]>((resolve, reject) => {
        const headers = { host, "x-forwarded-proto": protocol };
        const sent = request({ hostname, port, path: "/login", headers }, (response) => {
          response.resume();
          resolve(response.headers["set-cookie"] ?? []);
        });
        sent.once("error", reject).end();
      });
      expect(cookies).toHaveLength(4);
      for (const cookie of cookies)
        expect(cookie).toMatch(/^__Host-keepsake-(?=.*; Path=\/(?:;|$))(?=.*; Secure)(?=.*; HttpOnly)(?=.*; SameSite=lax)(?!.*Domain)/);
    }
  });
});

test("A40, A41, A42: cookies and headers that make no sense are the same as none", async ({ stage }) => {
  const { client, callback } = await comeBack(stage);
  const state = client.cookies().find(({ name }) => name.startsWith("keepsake-state"));
  const odd: Record<string, string>[] = [
    { cookie: `keepsake-session=${state?.value}` },
    { cookie: Array.from({ length: 300 }, (_, index) => `keepsake-state-${index.toString(36).padStart(8, "0")}=x`).join("; ") },
    { cookie: "keepsake-session=__proto__; __proto__=1; constructor=x" },
    { authorization: "Bearer %E0%A4%A" },
  ];
  for (const headers of odd) {
    expect((await fetch(`${stage.app}/api/me`, { headers })).status).toBe(401);
    const login = await fetch(`${stage.app}/login`, { headers, redirect: "manual" });
    expect(login.status).toBe(303);
    expect((await fetch(`${stage.app}${callbackPath}?code=a&state=b`, { headers, redirect: "manual" })).status).toBe(303);
  }
  expect((await fetch(stage.app, { headers: { cookie: `keepsake-session=${"x".repeat(20_000)}` } })).status).toBe(431);
  await expectSignedIn(stage, client, await client.request(callback));
});

test("A44: a poisoned cookie of where to go leads nowhere else", async ({ stage }) => {
  for (const value of ["https%3A%2F%2Fevil.example", "%00", "x".repeat(3000), "%E0%A4%A"]) {
    const { client, callback } = await comeBack(stage);
    const cookie = client.cookies().find(({ name }) => name.startsWith("keepsake-callbackUrl"));
    if (!cookie) throw new Error("the sign-in under way has no cookie of where to go");
    client.setCookie({ ...cookie, value });
    const response = await client.request(callback);
    expect(response.status).toBeLessThan(500);
    expect(new URL(response.headers.get("location") ?? stage.app).origin).toBe(stage.app);
    expect(ours(client).filter((name) => name !== "keepsake-session")).toEqual([]);
  }
});

test("fifty organizations fit one cookie, and the account page names them all", async ({ stage }) => {
  const usernames = Array.from({ length: 50 }, (_, index) => `organization-${index}`);
  const orgs = usernames.map((name) => ({ sub: name, preferred_username: name, name: `The ${name}`, roleInOrg: "contributor" }));
  const { client, response } = await signInBy(stage, { person: { orgs } });
  const set = response.headers.getSetCookie().filter((line) => line.startsWith("keepsake-session") && !line.includes("Max-Age=0"));
  expect(set).toHaveLength(1);
  expect(Buffer.byteLength(set[0] ?? "")).toBeLessThan(4096);
  await expectSignedIn(stage, client, response);
  const page = await (await client.request(`${stage.app}/account`)).text();
  for (const username of usernames) expect(page).toContain(`The ${username}`);
});

test("A47: a session that was there before is replaced", async ({ stage }) => {
  const { client } = await signInBy(stage, { claims: { sub: "attacker" }, person: { sub: "attacker" } });
  const planted = client.cookies().find(({ name }) => name === "keepsake-session");
  const victim = await comeBack(stage);
  if (!planted) throw new Error("signing in set no session cookie");
  victim.client.setCookie(planted);
  await expectSignedIn(stage, victim.client, await victim.client.request(victim.callback));
  expect(victim.client.cookies().find(({ name }) => name === "keepsake-session")?.value).not.toBe(planted.value);
  expect(await (await victim.client.request(`${stage.app}/api/me`)).json()).toMatchObject({ id: "scripted-person" });
});

test("A48: a copy of the cookie is worth nothing after signing out", async ({ stage }) => {
  const { client } = await signInBy(stage);
  const copy = client.cookies().find(({ name }) => name === "keepsake-session");
  expect((await client.request(`${stage.app}/logout`, { method: "POST", headers: { origin: stage.app } })).status).toBe(303);
  expect(ours(client)).toEqual([]);
  const replayed = await fetch(`${stage.app}/api/me`, { headers: { cookie: `keepsake-session=${copy?.value}` } });
  expect(replayed.status).toBe(401);
});

test("A49: a session ends with its access token", async ({ stage }) => {
  const { client, response } = await signInBy(stage, { tokens: { expires_in: 5 } });
  await expectSignedIn(stage, client, response);
  await delay(5100);
  expect((await client.request(`${stage.app}/api/me`)).status).toBe(401);
  const page = await client.request(`${stage.app}/account`);
  expect([page.status, page.headers.get("location")]).toEqual([307, "/login?next=%2Faccount"]);
});

test("A24: a provider that hangs, stalls or drips ends in a page within 15 seconds", async ({ stage }) => {
  const stall: Answer = (_, response) => void response.writeHead(200).write("{");
  const drip: Answer = (_, response) => {
    const timer = setInterval(() => response.write(" "), 1000);
    response.once("close", () => clearInterval(timer));
  };
  const late: Answer = (_, response) => void setTimeout(() => response.writeHead(500).end(), 60_000);
  const returning = await Promise.all([1, 2, 3].map(() => comeBack(stage)));
  const hangs = [late, stall, drip];
  stage.provider.play({ token: (...args) => hangs.pop()?.(...args) });
  const ends = returning.map(async ({ client, callback }) => {
    const started = performance.now();
    const response = await client.request(callback);
    expect(performance.now() - started).toBeLessThan(15_000);
    return { client, response };
  });
  for (const end of await Promise.all(ends)) await expectRefused(stage, { ...end, status: 503, code: "provider_unreachable" });
});
