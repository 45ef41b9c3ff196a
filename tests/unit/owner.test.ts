import { afterEach, expect, test, vi } from "vitest";
import { claimsFrom, personOf } from "@/lib/auth/claims";
import { isOwner, reportSignIn } from "@/lib/auth/owner";
import { parseConfig } from "@/lib/config";

const id = "64b1f7e5c0ffee0123456789";
let environment: Record<string, string> = {};

vi.mock("@/lib/config", async (original) => {
  const actual = await original<typeof import("@/lib/config")>();
  return { ...actual, config: () => actual.parseConfig(environment) };
});

afterEach(() => {
  environment = {};
});

function person(role?: string) {
  const orgs = [{ preferred_username: "Acme", roleInOrg: role }];
  return personOf(claimsFrom({ sub: id, preferred_username: "ada", orgs }, { access_token: "x" }, "openid"));
}

test("the owner is who made the Space, or administers the organization that it belongs to", () => {
  expect(isOwner(person("admin")), "nobody without the settings").toBe(false);
  environment = { SPACE_CREATOR_USER_ID: id };
  expect(isOwner(person())).toBe(true);
  environment = { SPACE_CREATOR_USER_ID: "somebody-else", SPACE_AUTHOR_NAME: "acme" };
  expect(isOwner(person("admin"))).toBe(true);
  for (const role of ["write", "contributor", "read", "emperor", undefined]) expect(isOwner(person(role)), role).toBe(false);
  environment = { SPACE_AUTHOR_NAME: "ada" };
  expect(isOwner(person("admin")), "a name is no proof: it can be taken over").toBe(false);
});

test("the report says what is set up and what is missing, and holds no secret", () => {
  environment = { OAUTH_CLIENT_ID: "client" };
  expect(reportSignIn()).toMatchObject({ configured: false, missing: ["OAUTH_CLIENT_SECRET"], redirectUri: null });
  environment = {
    OAUTH_CLIENT_ID: "client",
    OAUTH_CLIENT_SECRET: "a-secret-of-the-client",
    AUTH_SECRET: "a-secret-that-seals-every-session",
    APP_URL: "https://keepsake.example",
    REQUIRED_ORG: "acme:admin",
  };
  const report = reportSignIn();
  expect(report).toMatchObject({
    configured: true,
    missing: [],
    redirectUri: "https://keepsake.example/api/auth/callback/huggingface",
    scopes: { granted: ["openid", "profile"], missing: [{ scope: "inference-api" }] },
    requiredOrganizations: [{ organization: "acme", role: "admin" }],
  });
  const secrets = [environment.OAUTH_CLIENT_SECRET, environment.AUTH_SECRET, parseConfig(environment).oauth?.sessionSecret];
  for (const secret of secrets) expect(JSON.stringify(report)).not.toContain(secret);
});
