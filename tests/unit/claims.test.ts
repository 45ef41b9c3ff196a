import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { claimsFrom, personOf } from "@/lib/auth/claims";
import { Failure } from "@/lib/http/errors";

const tokens = { access_token: "hf_oauth_abc", expires_in: 28800, scope: "openid profile" };
const grace = {
  sub: "64b1f7e5c0ffee0123456789",
  preferred_username: "grace",
  name: "Grace",
  picture: "https://cdn.example/grace.png",
  isPro: true,
  orgs: [
    { sub: "1", preferred_username: "acme", name: "Acme", roleInOrg: "admin" },
    { preferred_username: "other", name: "Other" },
  ],
};

describe("claims", () => {
  it("become a person without the token", () => {
    const person = personOf(claimsFrom(grace, tokens, "openid"));
    expect(person).toMatchObject({
      id: grace.sub,
      username: "grace",
      isPro: true,
      scopes: ["openid", "profile"],
      organizations: [
        { username: "acme", name: "Acme", role: "admin" },
        { username: "other", name: "Other", role: null },
      ],
    });
    expect(JSON.stringify(person)).not.toContain("hf_oauth_abc");
    expect(Date.parse(person.expiresAt) - Date.now()).toBeGreaterThan(28_700_000);
  });

  it.each([undefined, 42, "", "../x", "a".repeat(129), "ü", "a b"])("refuses the sub %j", (sub) => {
    expect(() => claimsFrom({ ...grace, sub }, tokens, "openid")).toThrow(new Failure("provider_nonsense"));
  });

  it.each([{}, { access_token: "" }, { access_token: "x", expires_in: -1 }, { access_token: "x".repeat(9000) }])(
    "refuses the token response %j",
    (bad) => {
      expect(() => claimsFrom(grace, bad, "openid")).toThrow(new Failure("provider_nonsense"));
    },
  );

  it("takes odd optional fields as absent and cuts long ones", () => {
    const person = personOf(
      claimsFrom(
        { sub: "abc", preferred_username: 7, name: "n".repeat(9999), picture: "javascript:alert(1)", isPro: "yes", orgs: "none" },
        tokens,
        "openid",
      ),
    );
    expect(person).toMatchObject({ isPro: false, avatarUrl: null, organizations: [] });
    expect(person.name).toHaveLength(120);
  });

  it("asks for an hour at most when the provider names no lifetime", () => {
    const { expiresAt } = claimsFrom(grace, { access_token: "x" }, "openid");
    expect(expiresAt - Date.now() / 1000).toBeLessThanOrEqual(3600);
  });

  it("fit one sealed cookie when everything in them is as long as it may be", async () => {
    const long = (length: number) => `https://example.com/${"x".repeat(length - 20)}`;
    const userinfo = { ...grace, name: "n".repeat(120), picture: long(300), profile: long(200), website: long(200), orgs: [] };
    const claims = claimsFrom(userinfo, { ...tokens, access_token: "x".repeat(2000), refresh_token: "y".repeat(512) }, "openid");
    const sealed = await encode({ token: claims, secret: "s".repeat(32), salt: "__Host-keepsake-session" });
    expect(sealed.length).toBeLessThan(3900);
    expect(claims).toMatchObject({ username: "grace", accessToken: "x".repeat(2000) });
  });

  // next-auth splits a value of more than 3,936 characters, and what is split is not read as a session.
  it("fit one sealed cookie, however many organizations there are and however long tokens and names", async () => {
    for (const length of [5, 12, 17, 23, 29, 40]) {
      for (const tokenLength of [40, 700, 1400, 2000]) {
        const orgs = Array.from({ length: 80 }, (_, index) => ({
          preferred_username: `${index}-`.padEnd(length, "x"),
          name: "N".repeat(60),
          roleInOrg: "contributor",
        }));
        const long = { ...tokens, access_token: `hf_oauth_${"x".repeat(tokenLength)}`, refresh_token: "r".repeat(500) };
        const claims = claimsFrom(
          { ...grace, name: "\u{1f30a}".repeat(120), picture: `https://x/${"p".repeat(280)}`, orgs },
          long,
          "openid",
        );
        const sealed = await encode({ token: claims, secret: "s".repeat(32), salt: "__Host-keepsake-session" });
        expect(sealed.length, `${length} ${tokenLength}`).toBeLessThanOrEqual(3936);
        expect(claims.accessToken).toBe(long.access_token);
        if (tokenLength === 700) expect(claims.orgs.length).toBeGreaterThan(3);
      }
    }
  });
});
