import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startIdentityProvider } from "@/dev/identity-provider";
import { claimsFrom, type SessionClaims } from "@/lib/auth/claims";
import { frameCookieName } from "@/lib/auth/cookies";
import { openSession, sealSession } from "@/lib/auth/opened-sessions";
import { renewedCookie } from "@/lib/auth/refresh";
import { app, secret, signedIn } from "@/tests/support/code-flow";

const sessionSecret = "s".repeat(43);
const name = "keepsake-session";
let issuer = "";
let origin = app;
let close = async () => {};

vi.mock("@/lib/config", () => ({
  config: () => ({ origin, requiredOrganizations: [], oauth: { issuer, clientId: "space", clientSecret: secret, sessionSecret } }),
}));

beforeEach(async () => {
  const clients = [{ id: "space", secret, name: "A Space", origins: [app], scopes: ["openid", "profile"] }];
  ({ issuer, close } = await startIdentityProvider({ clients, refreshTokens: true, accessTokenLifetime: 290 }));
});

afterEach(async () => {
  origin = app;
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
