import { describe, expect, it } from "vitest";
import { claimsFrom, personOf } from "@/lib/auth/claims";
import { organizationsIn } from "@/lib/auth/userinfo";

const grace = {
  sub: "64b1f7e5c0ffee0123456789",
  preferred_username: "grace",
  name: "Grace",
  picture: "https://cdn.example/grace.png",
  profile: "https://huggingface.co/grace",
  website: "https://example.com/grace",
  email: "grace@example.com",
  email_verified: true,
  isPro: true,
  canPay: false,
};
const acme = {
  sub: "64b1f7e5c0ffee0123456780",
  preferred_username: "acme",
  name: "Acme",
  picture: "https://cdn.example/acme.png",
  plan: "enterprise",
  canPay: true,
  roleInOrg: "admin",
  securityRestrictions: ["sso"],
};
const person = (userinfo: object) => personOf(claimsFrom(userinfo, { access_token: "x" }, "openid"));

describe("the typed person", () => {
  it("carries every field of userinfo", () => {
    expect(person(grace)).toMatchObject({
      id: grace.sub,
      username: "grace",
      name: "Grace",
      avatarUrl: "/api/me/avatar",
      profileUrl: grace.profile,
      websiteUrl: grace.website,
      email: grace.email,
      emailVerified: true,
      isPro: true,
      canPay: false,
    });
  });

  const optional = { profile: "profileUrl", website: "websiteUrl", email: "email", email_verified: "emailVerified", canPay: "canPay" };
  it.each(Object.entries(optional))("takes an odd or missing %s as null", (sent, ours) => {
    for (const odd of [undefined, null, 7, "", "javascript:alert(1)", ["x"], {}, `https://${"x".repeat(900)}.example`]) {
      expect(person({ ...grace, [sent]: odd })[ours as keyof ReturnType<typeof person>], JSON.stringify(odd)).toBeNull();
    }
  });
});

describe("organizations", () => {
  it("carry every field of userinfo", () => {
    expect(organizationsIn({ orgs: [acme] })).toEqual([
      {
        id: acme.sub,
        username: "acme",
        name: "Acme",
        role: "admin",
        pictureUrl: acme.picture,
        plan: "enterprise",
        isEnterprise: true,
        canPay: true,
        securityRestrictions: ["sso"],
      },
    ]);
  });

  it("are null where userinfo is silent or odd", () => {
    const nothing = { id: null, role: null, pictureUrl: null, plan: null, isEnterprise: null, canPay: null, securityRestrictions: null };
    const expected = [{ username: "acme", name: "acme", ...nothing }];
    expect(organizationsIn({ orgs: [{ preferred_username: "acme" }] })).toEqual(expected);
    const odd = { sub: "../x", name: 7, picture: "x", plan: {}, canPay: "yes", roleInOrg: "emperor", securityRestrictions: 7 };
    expect(organizationsIn({ orgs: [{ preferred_username: "acme", ...odd }] })).toEqual(expected);
  });

  it.each([undefined, null, "x", {}, { orgs: null }, { orgs: [null, 7, "x", {}] }])("of %j are none", (userinfo) => {
    expect(organizationsIn(userinfo)).toEqual([]);
  });

  it("know an enterprise by its plan, or by the older field", () => {
    const isEnterprise = (fields: object) => organizationsIn({ orgs: [{ preferred_username: "a", ...fields }] })[0]?.isEnterprise;
    expect([{ plan: "team" }, { plan: "plus" }, { isEnterprise: "plus" }, { isEnterprise: false }].map(isEnterprise)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
