import { afterEach, expect, test, vi } from "vitest";
import { claimsFrom } from "@/lib/auth/claims";
import { sealSession } from "@/lib/auth/opened-sessions";
import { missingScopes, noteGranted, refusedLately, refusedScopes, rememberAsked, scopesAsked, scopesToAsk } from "@/lib/auth/scopes";
import { requireScope } from "@/lib/auth/session";
import { Failure } from "@/lib/http/errors";

const sessionSecret = "s".repeat(43);
const name = "keepsake-session";
let cookie: string | undefined;
let scopes = "openid profile inference-api";

vi.mock("@/lib/config", () => ({
  config: () => ({ origin: "http://localhost:1", requiredOrganizations: [], oauth: { scopes, sessionSecret } }),
}));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => cookie && { value: cookie } }),
  headers: async () => new Headers(),
}));

const oauth = () => ({ scopes }) as Parameters<typeof scopesToAsk>[0];

afterEach(() => {
  vi.useRealTimers();
  cookie = undefined;
  scopes = "openid profile inference-api";
  for (const kept of ["opened-sessions", "scopes-asked", "scopes-refused"])
    Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${kept}`));
});

async function signInWith(scope: string): Promise<void> {
  const claims = claimsFrom({ sub: "abc" }, { access_token: "hf_oauth_abc", scope }, "openid");
  cookie = await sealSession(claims, sessionSecret, name);
}

test("a sign-in asks for the identity only, more is asked for when needed, and what was allowed stays", () => {
  expect(scopesToAsk(oauth(), [], undefined)).toBe("openid profile");
  expect(scopesToAsk(oauth(), ["openid"], "inference-api")).toBe("openid profile inference-api");
  expect(scopesToAsk(oauth(), ["openid", "inference-api"], undefined)).toBe("openid profile inference-api");
  expect(scopesToAsk(oauth(), ["openid", "manage-repos"], undefined)).toBe("openid profile");
});

test("a scope that the metadata does not grant is never asked for, and its name is in the log", () => {
  expect(() => scopesToAsk(oauth(), [], "manage-repos")).toThrow(new Failure("scope_not_granted"));
  expect(() => scopesToAsk(oauth(), [], "manage-repos")).toThrow(
    expect.objectContaining({
      cause: expect.objectContaining({ message: expect.stringContaining('"- manage-repos" to the OAuth scopes') }),
    }),
  );
});

test("the token is for those who allowed what it is needed for", async () => {
  await expect(requireScope("inference-api")).rejects.toThrow(new Failure("signed_out"));
  await signInWith("openid profile");
  await expect(requireScope("inference-api")).rejects.toThrow(new Failure("scope_missing"));
  await expect(requireScope("jobs")).rejects.toThrow(new Failure("scope_not_granted"));
  await signInWith("openid profile inference-api");
  await expect(requireScope("inference-api")).resolves.toBe("hf_oauth_abc");
});

test("whoever comes back with a refusal takes nothing away from anybody: the owner gets a hint, which ends", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const hint = [{ scope: "inference-api", feature: "Inference Providers" }];
  rememberAsked("flow", "openid profile inference-api");
  expect(scopesAsked("flow")).toBe("openid profile inference-api");
  expect(refusedScopes("flow").code).toBe("scope_not_granted");
  expect(missingScopes()).toEqual([]);
  expect(scopesToAsk(oauth(), [], "inference-api")).toContain("inference-api");
  expect(refusedLately()).toEqual(hint);
  vi.setSystemTime(Date.now() + 61 * 60_000);
  expect(refusedLately()).toEqual([]);

  refusedScopes("flow");
  noteGranted("openid profile");
  expect(refusedLately()).toEqual(hint);
  noteGranted("openid profile inference-api");
  expect(refusedLately()).toEqual([]);
});

test("without the scope in the settings, what needs it is named", () => {
  scopes = "openid profile";
  rememberAsked("flow", "openid profile inference-api");
  refusedScopes("flow");
  expect(missingScopes().map(({ scope }) => scope)).toEqual(["inference-api"]);
  expect(refusedLately(), "said once").toEqual([]);
});
