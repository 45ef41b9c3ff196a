import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTransport } from "@/lib/auth/transport";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A provider whose every answer a test can replace. */
let server: Server;
let issuer: string;
let answers: Record<string, Answer>;
let asked: string[];
let keys: { kid: string; privateKey: CryptoKey; publicKey: CryptoKey }[];

const json =
  (value: unknown, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
const newKey = async (kid: string) => ({ kid, ...(await generateKeyPair("RS256", { extractable: true })) });

const metadata = () => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  userinfo_endpoint: `${issuer}/oauth/userinfo`,
  jwks_uri: `${issuer}/oauth/jwks`,
});

beforeEach(async () => {
  asked = [];
  keys = [await newKey("one")];
  server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    (answers[path] ?? json({}, 404))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answers = {
    "/.well-known/openid-configuration": (...args) => json(metadata())(...args),
    "/oauth/jwks": async (...args) =>
      json({ keys: await Promise.all(keys.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg: "RS256" }))) })(
        ...args,
      ),
    "/oauth/userinfo": json({ sub: "abc" }),
  };
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const now = () => Math.floor(Date.now() / 1000);
type Claims = Record<string, unknown>;

async function idToken(
  change: Claims = {},
  { header = {}, key = keys[0]?.privateKey }: { header?: object; key?: CryptoKey | Uint8Array | undefined } = {},
) {
  const claims = { iss: issuer, aud: "client", sub: "abc", iat: now(), exp: now() + 3600, ...change };
  if (!key) throw new Error("no key to sign with");
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one", ...header }).sign(key);
}

async function exchange(token: unknown, transport = createTransport({ issuer, clientId: "client" }), body?: URLSearchParams) {
  answers["/oauth/token"] = json({ access_token: "hf_oauth_x", token_type: "bearer", id_token: token });
  return transport(`${issuer}/oauth/token`, { method: "POST", ...(body && { body }) });
}

const nonsense = { code: "provider_nonsense" };
const unreachable = { code: "provider_unreachable" };

describe("the ID token", () => {
  it("passes when it is signed by the provider for us", async () => {
    const answer = await exchange(await idToken());
    expect(await answer.json()).toMatchObject({ access_token: "hf_oauth_x" });
  });

  it("is refused with another issuer, audience or party, or without what it must have", async () => {
    const wrong: Claims[] = [
      { iss: `${issuer}/` },
      { iss: issuer.toUpperCase() },
      { aud: "other" },
      { aud: ["client", "other"] },
      { aud: ["client", "other"], azp: "other" },
      { azp: "other" },
      { sub: undefined },
      { iat: undefined },
      { exp: undefined },
      { exp: "soon" },
    ];
    for (const change of wrong) await expect(exchange(await idToken(change)), JSON.stringify(change)).rejects.toMatchObject(nonsense);
  });

  it("is allowed ten seconds of difference between the clocks and no more", async () => {
    await expect(exchange(await idToken({ exp: now() - 12 }))).rejects.toMatchObject(nonsense);
    await expect(exchange(await idToken({ iat: now() + 13 }))).rejects.toMatchObject(nonsense);
    await expect(exchange(await idToken({ nbf: now() + 13 }))).rejects.toMatchObject(nonsense);
    expect((await exchange(await idToken({ iat: now() + 8, exp: now() - 8 }))).ok).toBe(true);
  });

  it("is refused unsigned, with a broken or foreign signature, and with any algorithm but RS256", async () => {
    const good = await idToken();
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${good.split(".")[1]}.`;
    const foreign = await newKey("one");
    const pem = new TextEncoder().encode(await exportSPKI(keys[0]?.publicKey as CryptoKey));
    const es = await generateKeyPair("ES256");
    const bad = [
      undefined,
      null,
      "",
      "not a token",
      unsigned,
      good.slice(0, -8),
      await idToken({}, { key: foreign.privateKey }),
      await idToken({}, { header: { alg: "HS256" }, key: new TextEncoder().encode("client secret, long enough to sign") }),
      await idToken({}, { header: { alg: "HS256" }, key: pem }),
      await idToken({}, { header: { alg: "ES256" }, key: es.privateKey }),
    ];
    for (const token of bad) await expect(exchange(token)).rejects.toMatchObject(nonsense);
  });

  it("finds a key that was changed since the last sign-in, with one look", async () => {
    const transport = createTransport({ issuer, clientId: "client" });
    await exchange(await idToken(), transport);
    keys = [await newKey("two")];
    expect((await exchange(await idToken({}, { header: { kid: "two" } }), transport)).ok).toBe(true);
    await expect(exchange(await idToken({}, { header: { kid: "unknown" } }), transport)).rejects.toMatchObject(nonsense);
    expect(asked.filter((path) => path === "/oauth/jwks")).toHaveLength(3);
  });

  it("believes a key that the provider withdrew for ten minutes at most", async () => {
    const transport = createTransport({ issuer, clientId: "client" });
    const token = await idToken();
    await exchange(token, transport);
    keys = [await newKey("two")];
    expect((await exchange(token, transport)).ok).toBe(true);
    const later = Date.now() + 11 * 60_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    await expect(exchange(token, transport)).rejects.toMatchObject(nonsense);
  });

  it("may be missing in a refresh, and is checked when it is there", async () => {
    const refresh = (token: unknown) => exchange(token, undefined, new URLSearchParams({ grant_type: "refresh_token" }));
    expect((await refresh(undefined)).ok).toBe(true);
    expect((await refresh(await idToken())).ok).toBe(true);
    for (const change of [{ iss: "https://evil.example" }, { aud: "other" }, { exp: now() - 60 }]) {
      await expect(refresh(await idToken(change)), JSON.stringify(change)).rejects.toMatchObject(nonsense);
    }
  });

  it("never asks an address that the token itself names", async () => {
    await expect(
      exchange(await idToken({}, { header: { kid: "unknown", jku: `${issuer}/evil`, x5u: `${issuer}/evil` } })),
    ).rejects.toMatchObject(nonsense);
    expect(asked).not.toContain("/evil");
  });
});

describe("the transport", () => {
  it("asks for the discovery document once in ten minutes", async () => {
    const transport = createTransport({ issuer, clientId: "client" });
    for (let time = 0; time < 3; time++) await transport(`${issuer}/.well-known/openid-configuration`);
    expect(asked).toHaveLength(1);
  });

  it("asks for it again after ten minutes, and never keeps one that it refused", async () => {
    const transport = createTransport({ issuer, clientId: "client" });
    const discovery = `${issuer}/.well-known/openid-configuration`;
    await transport(discovery);
    const later = Date.now() + 10 * 60_000 + 1;
    vi.spyOn(Date, "now").mockReturnValue(later);
    answers["/.well-known/openid-configuration"] = json({ ...metadata(), issuer: "https://evil.example" });
    for (let time = 0; time < 2; time++) await expect(transport(discovery)).rejects.toMatchObject(nonsense);
    expect(asked).toHaveLength(3);
    answers["/.well-known/openid-configuration"] = json(metadata());
    expect((await transport(discovery)).ok).toBe(true);
  });

  it("refuses a discovery document of another issuer, or one that leads elsewhere", async () => {
    const wrong: Claims[] = [
      { issuer: `${issuer}/` },
      { token_endpoint: "https://evil.example/token" },
      { jwks_uri: "http://127.0.0.1:1/jwks" },
      { userinfo_endpoint: "file:///etc/passwd" },
      { authorization_endpoint: undefined },
    ];
    for (const change of wrong) {
      answers["/.well-known/openid-configuration"] = json({ ...metadata(), ...change });
      const transport = createTransport({ issuer, clientId: "client" });
      await expect(transport(`${issuer}/.well-known/openid-configuration`), JSON.stringify(change)).rejects.toMatchObject(nonsense);
    }
  });

  it("refuses plain http unless provider and issuer are both on this machine", async () => {
    const transport = createTransport({ issuer: "https://127.0.0.1:1", clientId: "client" });
    await expect(transport("http://127.0.0.1:1/oauth/userinfo")).rejects.toMatchObject(nonsense);
    await expect(
      createTransport({ issuer: "http://provider.example", clientId: "client" })("http://provider.example/x"),
    ).rejects.toMatchObject(nonsense);
  });

  it("follows no redirect", async () => {
    answers["/oauth/userinfo"] = (_, response) => response.writeHead(307, { location: `${issuer}/elsewhere` }).end();
    await expect(createTransport({ issuer, clientId: "client" })(`${issuer}/oauth/userinfo`)).rejects.toMatchObject(nonsense);
    expect(asked).not.toContain("/elsewhere");
  });

  it("stops reading an answer that is too large, and calls an outage an outage", async () => {
    const transport = createTransport({ issuer, clientId: "client" });
    answers["/oauth/userinfo"] = (_, response) => response.end("x".repeat(256 * 1024));
    expect((await (await transport(`${issuer}/oauth/userinfo`)).text()).length).toBe(256 * 1024);
    answers["/oauth/userinfo"] = (_, response) => response.end("x".repeat(256 * 1024 + 1));
    await expect(transport(`${issuer}/oauth/userinfo`)).rejects.toMatchObject(nonsense);
    for (const status of [500, 503, 429]) {
      answers["/oauth/userinfo"] = json({}, status);
      await expect(transport(`${issuer}/oauth/userinfo`)).rejects.toMatchObject(unreachable);
    }
    answers["/oauth/userinfo"] = (request) => request.socket.destroy();
    await expect(transport(`${issuer}/oauth/userinfo`)).rejects.toMatchObject(unreachable);
  });

  it("gives up on a provider that has not finished its answer after ten seconds", async () => {
    const after = AbortSignal.timeout.bind(AbortSignal);
    const deadlines = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => after(ms / 100));
    answers["/oauth/userinfo"] = (_, response) => void response.writeHead(200).write("{");
    await expect(createTransport({ issuer, clientId: "client" })(`${issuer}/oauth/userinfo`)).rejects.toMatchObject(unreachable);
    expect(deadlines.mock.calls).toEqual([[10_000]]);
  });
});

describe("A23: a provider that cannot be reached safely", () => {
  it("is unreachable under a name that does not exist", async () => {
    const nowhere = "https://provider.invalid";
    const transport = createTransport({ issuer: nowhere, clientId: "client" });
    await expect(transport(`${nowhere}/.well-known/openid-configuration`)).rejects.toMatchObject(unreachable);
  });

  it("is unreachable with a certificate that nobody vouches for, and is told nothing", async () => {
    const { key, cert } = selfSigned();
    const heard: string[] = [];
    const secure = createSecureServer({ key, cert }, (request, response) => {
      heard.push(request.url ?? "");
      response.end("{}");
    });
    await new Promise<void>((resolve) => secure.listen(0, "localhost", resolve));
    const origin = `https://localhost:${(secure.address() as AddressInfo).port}`;
    const transport = createTransport({ issuer: origin, clientId: "client" });
    await expect(transport(`${origin}/.well-known/openid-configuration`)).rejects.toMatchObject(unreachable);
    expect(heard).toEqual([]);
    secure.close();
  });
});

function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), "keepsake-certificate-"));
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost"];
  execFileSync("openssl", ["req", "-x509", ...kind, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return pair;
}
