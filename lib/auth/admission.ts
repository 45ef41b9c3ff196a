/** Who may enter, when `REQUIRED_ORG` names organizations: decided at sign-in, from what userinfo says about the person. */
import { z } from "zod";
import { config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { claimsFrom, type SessionClaims } from "./claims";
import type { OrganizationRole } from "./person";

export const refusals = ["not_a_member", "role_unknown", "role_too_low", "sso", "mfa", "restricted"] as const;

/** Why a person may not enter, and the id of the organization that this is about, when userinfo knows it. */
export type Refusal = { reason: (typeof refusals)[number]; organizationId: string | null };

/** Carries a refusal through next-auth, as the cause of a Failure. */
export class NotAdmitted extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`not admitted: ${refusal.reason}`);
    this.name = "NotAdmitted";
    this.refusal = refusal;
  }
}

const restrictions = z.array(z.string()).catch([]);
const membershipSchema = z.object({
  sub: z.string().max(128).catch(""),
  preferred_username: z.string().max(128).catch(""),
  roleInOrg: z.enum(["admin", "write", "contributor", "read"]).nullable().catch(null),
  // One text or a list of them: both have been seen.
  securityRestrictions: z.preprocess((value) => (typeof value === "string" ? [value] : value), restrictions),
});
const userinfoSchema = z.object({ orgs: z.array(membershipSchema).catch([]) });
type Membership = z.output<typeof membershipSchema>;
type Requirement = ReturnType<typeof config>["requiredOrganizations"][number];

const ranks: Record<OrganizationRole, number> = { read: 1, contributor: 2, write: 3, admin: 4 };

/**
 * The claims of a session, for a person who may enter; parameters as those of `claimsFrom`.
 * @throws Failure `organization_required` caused by NotAdmitted, and those of `claimsFrom`
 */
export function admittedClaims(userinfo: unknown, tokens: unknown, requestedScope: string): SessionClaims {
  const refusal = refusalOf(userinfo, config().requiredOrganizations);
  if (refusal) throw new Failure("organization_required", { cause: new NotAdmitted(refusal) });
  return claimsFrom(userinfo, tokens, requestedScope, admissionRule());
}

/** Null for a person who may enter; else what is nearest to being enough: a role that is too low rather than no membership. */
export function refusalOf(userinfo: unknown, required: readonly Requirement[]): Refusal | null {
  if (required.length === 0) return null;
  const memberships = userinfoSchema.safeParse(userinfo).data?.orgs ?? [];
  const found: Refusal[] = [];
  for (const requirement of required) {
    const membership = memberships.find((candidate) => isOf(candidate, requirement.organization));
    const reason = membership ? reasonAgainst(membership, requirement.role) : "not_a_member";
    if (reason === null) return null;
    found.push({ reason, organizationId: membership && /^[0-9a-f]{24}$/.test(membership.sub) ? membership.sub : null });
  }
  return found.find(({ reason }) => reason !== "not_a_member") ?? found[0] ?? null;
}

/** What a session was admitted under: a session from before the owner changed it is not worth anything any more. */
export function admissionRule(): string {
  return config()
    .requiredOrganizations.map(({ organization, role }) => `${organization}:${role ?? ""}`)
    .join();
}

function isOf({ sub, preferred_username: username }: Membership, organization: string): boolean {
  return sub === organization || username.toLowerCase() === organization.toLowerCase();
}

function reasonAgainst({ securityRestrictions, roleInOrg }: Membership, role: OrganizationRole | null): Refusal["reason"] | null {
  if (securityRestrictions.includes("sso")) return "sso";
  if (securityRestrictions.includes("mfa")) return "mfa";
  if (securityRestrictions.length > 0) return "restricted";
  if (role === null) return null;
  if (roleInOrg === null) return "role_unknown";
  return ranks[roleInOrg] >= ranks[role] ? null : "role_too_low";
}
