import { describe, expect, it } from "vitest";
import { refusalOf } from "@/lib/auth/admission";
import { parseConfig } from "@/lib/config";

const id = "64b1f7e5c0ffee0123456789";
const acme = { sub: id, preferred_username: "Acme", name: "Acme", roleInOrg: "write" };
const required = (text: string) => parseConfig({ REQUIRED_ORG: text }).requiredOrganizations;
const reason = (orgs: unknown, text: string) => refusalOf({ sub: "x", orgs }, required(text))?.reason ?? null;

describe("who may enter", () => {
  it("is everyone without the setting", () => {
    expect(refusalOf(undefined, parseConfig({}).requiredOrganizations)).toBeNull();
  });

  it.each([
    ["acme", null],
    [id, null],
    ["acme:read", null],
    ["acme:write", null],
    ["other, acme", null],
    ["acme:admin", "role_too_low"],
    ["other", "not_a_member"],
    ["other, acme:admin", "role_too_low"],
    ["acm", "not_a_member"],
  ])("%s lets a writer of acme in, or says why not: %s", (text, expected) => {
    expect(reason([acme], text)).toBe(expected);
  });

  it.each([
    [{ ...acme, securityRestrictions: ["sso"] }, "sso"],
    [{ ...acme, securityRestrictions: ["mfa"] }, "mfa"],
    [{ ...acme, securityRestrictions: "mfa" }, "mfa"],
    [{ ...acme, securityRestrictions: ["ip"] }, "restricted"],
    [{ ...acme, securityRestrictions: ["something-new"] }, "restricted"],
    [{ ...acme, securityRestrictions: [] }, null],
    [{ ...acme, securityRestrictions: 7 }, null],
    [{ ...acme, roleInOrg: undefined }, "role_unknown"],
    [{ ...acme, roleInOrg: "emperor" }, "role_unknown"],
  ])("%j: %s", (organization, expected) => {
    expect(reason([organization], "acme:read")).toBe(expected);
  });

  it.each([undefined, null, "acme", [null], [["acme"]], [{ name: "acme" }], { acme: true }])("never lets %j in", (orgs) => {
    expect(reason(orgs, "acme")).toBe("not_a_member");
  });

  it("names the organization's id, so that access can be asked for", () => {
    expect(refusalOf({ orgs: [{ ...acme, roleInOrg: undefined }] }, required("acme:admin"))).toEqual({
      reason: "role_unknown",
      organizationId: id,
    });
    expect(refusalOf({ orgs: [{ ...acme, sub: "../x", roleInOrg: undefined }] }, required("acme:admin"))?.organizationId).toBeNull();
  });

  it.each(["acme:owner", "a/b", "https://huggingface.co/acme", "acme:"])("refuses the setting %s", (text) => {
    expect(() => parseConfig({ REQUIRED_ORG: text })).toThrow(/REQUIRED_ORG/);
  });
});
