import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { claimsFrom, type SessionClaims } from "@/lib/auth/claims";
import { organizationsOf } from "@/lib/auth/organizations";
import { json, type ScriptedProvider, startScriptedProvider } from "@/tests/support/scripted-provider";

let provider: ScriptedProvider;
let claims: SessionClaims;

vi.mock("@/lib/config", () => ({
  config: () => ({ oauth: { issuer: provider.issuer, clientId: "space", clientSecret: "a secret" } }),
}));

const acme = { preferred_username: "acme", name: "Acme", roleInOrg: "write", plan: "team" };
const inSession = [expect.objectContaining({ username: "acme", role: "write", plan: null })];
const inDetail = [expect.objectContaining({ username: "acme", role: "write", plan: "team" })];

beforeEach(async () => {
  provider = await startScriptedProvider("space");
  claims = claimsFrom({ sub: "scripted-person", orgs: [acme] }, { access_token: "hf_oauth_x" }, "openid profile");
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  provider.close();
  for (const kept of ["organizations", "transport"]) Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${kept}`));
});

const timesAsked = () => provider.asked.filter((line) => line === "GET /oauth/userinfo").length;

test("details are read once in five minutes, however many ask", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  provider.play({ person: { orgs: [acme] } });
  expect(await Promise.all([organizationsOf(claims), organizationsOf(claims)])).toEqual([inDetail, inDetail]);
  expect(await organizationsOf(claims)).toEqual(inDetail);
  expect(timesAsked()).toBe(1);
  vi.setSystemTime(Date.now() + 6 * 60_000);
  expect(await organizationsOf(claims)).toEqual(inDetail);
  expect(timesAsked()).toBe(2);
});

test("a provider that fails is left alone for half a minute; the session knows names and roles meanwhile", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  provider.play({ userinfo: json({}, 503) });
  expect(await organizationsOf(claims)).toEqual(inSession);
  vi.setSystemTime(Date.now() + 29_000);
  expect(await organizationsOf(claims)).toEqual(inSession);
  expect(timesAsked()).toBe(1);
  provider.play({ person: { orgs: [acme] } });
  vi.setSystemTime(Date.now() + 2000);
  expect(await organizationsOf(claims)).toEqual(inDetail);
});

test("another person's answer is not used", async () => {
  provider.play({ person: { sub: "somebody-else", orgs: [acme] } });
  expect(await organizationsOf(claims)).toEqual(inSession);
});

test("a provider that hangs is waited for until the deadline of a page, and not again at once", async () => {
  const deadline = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => (ms === 3000 ? deadline : new AbortController()).signal);
  provider.play({ userinfo: () => deadline.abort() });
  expect(await organizationsOf(claims)).toEqual(inSession);
  expect(await organizationsOf(claims)).toEqual(inSession);
  expect(timesAsked()).toBe(1);
});
