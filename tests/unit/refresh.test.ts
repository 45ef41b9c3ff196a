import { SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startIdentityProvider } from "@/dev/identity-provider";
import { claimsFrom, type SessionClaims } from "@/lib/auth/claims";
import { frameCookieName } from "@/lib/auth/cookies";
import { openSession, sealSession } from "@/lib/auth/opened-sessions";
import { renewedCookie } from "@/lib/auth/refresh";
import { app, secret, signedIn } from "@/tests/support/code-flow";
import { json, type Script, type ScriptedProvider, startScriptedProvider } from "@/tests/support/scripted-provider";

const sessionSecret = "s".repeat(43);
const name = "keepsake-session";
let issuer = "";
let origin = app;
let close = async () => {};
let requiredOrganizations: { organization: string; role: null }[] = [];

vi.mock("@/lib/config", () => ({
  config: () => ({ origin, requiredOrganizations, oauth: { issuer, clientId: "space", clientSecret: secret, sessionSecret } }),
}));

beforeEach(async () => {
  const clients = [{ id: "space", secret, name: "A Space", origins: [app], scopes: ["openid", "profile"] }];
  ({ issuer, close } = await startIdentityProvider({ clients, refreshTokens: true, accessTokenLifetime: 290 }));
});

afterEach(async () => {
  origin = app;
  requiredOrganizations = [];
  vi.restoreAllMocks();
  await close();
  vi.useRealTimers();
  for (const kept of ["revocations", "opened-sessions", "session-refreshes", "transport"])
    Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${kept}`));
});

/** A session as a sign-in makes it, with some claims changed. */
async function session(changes: Partial<SessionClaims> = {}): Promise<{ claims: SessionClaims; sealed: string }> {
  const { token, userinfo } = await signedIn(issuer, { username: "ada" });
  const claims = { ...claimsFrom(userinfo, token, "openid profile"), ...changes };
  return { claims, sealed: await sealSession(claims, sessionSecret, name) };
}

const renew = (sealed: string) => renewedCookie({ get: (asked) => (asked === name ? { value: sealed } : undefined) }, new Headers());
/** Ends a refresh as its deadline does. No single call has one that would end it before. */
function deadlineOfRefresh(): AbortController {
  const deadline = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => (ms === 8000 ? deadline : new AbortController()).signal);
  return deadline;
}

const open = (sealed: string) => openSession(sealed, sessionSecret, name);

test("a due session gets a new token, the rotated refresh token, and keeps its id", async () => {
  const { claims, sealed } = await session();
  const cookie = await renew(sealed);
  const renewed = await open(cookie?.value ?? "");
  expect(renewed).toMatchObject({ sid: claims.sid, sub: claims.sub, username: "ada", scope: claims.scope });
  expect(renewed?.accessToken).not.toBe(claims.accessToken);
  expect(renewed?.refreshToken).not.toBe(claims.refreshToken);
  expect(renewed?.refreshToken).toMatch(/.{20}/);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/" });
});

test("requests that come together, and later ones with the old cookie, share one refresh", async () => {
  const { sealed } = await session();
  // The provider takes a refresh token once, and ends everything when it is used twice.
  const together = await Promise.all(Array.from({ length: 12 }, () => renew(sealed)));
  const later = await renew(sealed);
  expect(new Set([...together, later].map((cookie) => cookie?.value)).size).toBe(1);
  expect(await open(later?.value ?? "")).not.toBeNull();
});

test("the session of a frame is refreshed where it counts, as a partitioned cookie that ends within eight hours", async () => {
  origin = "https://person-keepsake.hf.space";
  await close();
  const month = 30 * 86_400;
  const clients = [{ id: "space", secret, name: "A Space", origins: [app], scopes: ["openid", "profile"] }];
  ({ issuer, close } = await startIdentityProvider({ clients, refreshTokens: true, accessTokenLifetime: month }));
  const soon = Math.floor(Date.now() / 1000) + 200;
  const { claims } = await session({ expiresAt: soon });
  const jar = new Map([[frameCookieName, { value: await sealSession(claims, sessionSecret, frameCookieName) }]]);
  expect(await renewedCookie(jar, new Headers({ "sec-fetch-site": "none", "sec-fetch-dest": "document" }))).toBeNull();
  const cookie = await renewedCookie(jar, new Headers({ "sec-fetch-site": "same-origin", "sec-fetch-dest": "empty" }));
  expect(cookie).toMatchObject({ name: frameCookieName, httpOnly: true, secure: true, sameSite: "none", partitioned: true, path: "/" });
  expect(cookie?.maxAge).toBeGreaterThan(8 * 3600 - 10);
  expect(cookie?.maxAge).toBeLessThanOrEqual(8 * 3600);
  const renewed = await openSession(cookie?.value ?? "", sessionSecret, frameCookieName);
  expect(renewed).toMatchObject({ sid: claims.sid, sub: claims.sub });
  expect(renewed?.refreshToken).not.toBe(claims.refreshToken);
});

test("what is not due, or came without a refresh token, is left alone", async () => {
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  expect(await renew((await session({ expiresAt: inAnHour })).sealed)).toBeNull();
  expect(await renew((await session({ refreshToken: null })).sealed)).toBeNull();
  expect(await renew("not a session")).toBeNull();
});

test("a refused refresh ends the session for good", async () => {
  const { sealed } = await session({ refreshToken: "never-issued" });
  expect(await renew(sealed)).toMatchObject({ name, value: "", maxAge: 0 });
  expect(await open(sealed)).toBeNull();
});

test("while the provider is away the session lives on, and the refresh is tried again after a pause", async () => {
  const { claims, sealed } = await session();
  const down = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("fetch failed"));
  expect(await renew(sealed)).toBeNull();
  expect(await open(sealed)).toEqual(claims);
  down.mockRestore();
  expect(await renew(sealed), "too soon").toBeNull();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 21_000 });
  expect((await open((await renew(sealed))?.value ?? ""))?.sid).toBe(claims.sid);
});

test("a token that turns out to be another person's ends the session", async () => {
  const { token } = await signedIn(issuer, { username: "grace" });
  const { sealed } = await session({ refreshToken: String(token.refresh_token) });
  expect(await renew(sealed)).toMatchObject({ value: "", maxAge: 0 });
});

describe("once the grant has succeeded", () => {
  let provider: ScriptedProvider;
  let claims: SessionClaims;
  let sealed = "";

  /** The provider does its part at the token endpoint, and what the script says elsewhere. */
  async function refreshWith(script: Script): Promise<SessionClaims | null> {
    const fresh = { access_token: "hf_oauth_new", refresh_token: "the-next-one", expires_in: 3600, scope: "openid profile" };
    provider.play({ token: json(fresh), ...script });
    const cookie = await renew(sealed);
    expect(provider.redeemed.map((form) => form.get("refresh_token"))).toEqual(["the-first-one"]);
    return cookie && open(cookie.value);
  }

  beforeEach(async () => {
    await close();
    provider = await startScriptedProvider("space");
    issuer = provider.issuer;
    close = async () => provider.close();
    const orgs = [{ preferred_username: "acme", name: "Acme", roleInOrg: "write" }];
    const person = { sub: "scripted-person", preferred_username: "ada", name: "Ada", isPro: true, orgs };
    const tokens = { access_token: "hf_oauth_old", refresh_token: "the-first-one", expires_in: 200 };
    claims = claimsFrom(person, tokens, "openid profile");
    sealed = await sealSession(claims, sessionSecret, name);
  });

  test.each<[string, Script]>([
    ["is overloaded", { userinfo: json({}, 503) }],
    ["is rationed", { userinfo: json({}, 429) }],
    ["answers with a page", { userinfo: (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Back soon") }],
    ["is not found", { userinfo: json({}, 404) }],
    ["names nobody", { userinfo: json({ message: "maintenance" }) }],
    ["breaks off", { userinfo: (_, response) => response.destroy() }],
  ])("the new tokens are kept though userinfo %s", async (_how, script) => {
    requiredOrganizations = [{ organization: "acme", role: null }];
    const warned = vi.spyOn(console, "warn").mockReturnValue();
    const renewed = await refreshWith(script);
    // Nobody looked whether the person is still a member.
    expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("without knowing who the person is now"));
    expect(renewed).toEqual({
      ...claims,
      accessToken: "hf_oauth_new",
      refreshToken: "the-next-one",
      expiresAt: expect.closeTo(Date.now() / 1000 + 3600, -2),
    });
  });

  test("they are kept though the keys for a new ID token cannot be had", async () => {
    const idToken = await new SignJWT({})
      .setProtectedHeader({ alg: "RS256", kid: "first" })
      .sign(provider.keys[0]?.privateKey as CryptoKey);
    const token = json({ access_token: "hf_oauth_new", refresh_token: "the-next-one", id_token: idToken });
    expect(await refreshWith({ token, jwks: json({}, 503) })).toMatchObject({ accessToken: "hf_oauth_new", refreshToken: "the-next-one" });
  });

  test("they are kept when the deadline over the whole refresh has come", async () => {
    const deadline = deadlineOfRefresh();
    const renewed = await refreshWith({ userinfo: () => deadline.abort() });
    expect(renewed).toMatchObject({ sid: claims.sid, accessToken: "hf_oauth_new", refreshToken: "the-next-one" });
  });

  test("what userinfo says is believed", async () => {
    expect(await refreshWith({})).toMatchObject({ sid: claims.sid, username: "scripted", accessToken: "hf_oauth_new" });
  });

  test.each<[string, Script]>([
    ["userinfo refuses the new token", { userinfo: json({}, 401) }],
    ["userinfo forbids it", { userinfo: json({}, 403) }],
    ["it is another person's", { person: { sub: "somebody-else" } }],
    ["its person has left the organization", { person: { orgs: [] } }],
  ])("the session ends when %s", async (_why, script) => {
    requiredOrganizations = [{ organization: "acme", role: null }];
    expect(await refreshWith(script)).toBeNull();
    expect(await open(sealed)).toBeNull();
  });
});

test("a provider that hangs ends a refresh at its deadline, and the session stays as it is", async () => {
  const { claims, sealed } = await session();
  const deadline = deadlineOfRefresh();
  vi.spyOn(globalThis, "fetch").mockImplementation(
    (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
        deadline.abort();
      }),
  );
  expect(await renew(sealed)).toBeNull();
  expect(await open(sealed)).toEqual(claims);
});
