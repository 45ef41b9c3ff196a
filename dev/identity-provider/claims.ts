/** Claims as Hugging Face sends them: identity in both places, `isPro`, `canPay` and `orgs` in userinfo only. */
import type { Organization, Person } from "./people.ts";

/** Which claims a scope releases, in the form that oidc-provider takes. */
export const claimsOfScopes = {
  openid: ["sub"],
  profile: ["name", "preferred_username", "profile", "picture", "website", "isPro", "orgs"],
  email: ["email", "email_verified"],
  "read-billing": ["canPay"],
};

/** Every scope of the Hub. */
export const hubScopes = [
  ...["openid", "profile", "email", "read-billing", "read-memberships"],
  ...["read-repos", "gated-repos", "contribute-repos", "write-repos", "manage-repos"],
  ...["read-collections", "write-collections", "write-discussions"],
  ...["inference-api", "read-endpoints", "write-endpoints", "jobs", "webhooks", "read-mcp"],
];

export type Release = {
  /** Subjects of the organizations that the person opened to the app on the consent page. */
  openedOrganizations: readonly string[];
  scopes: ReadonlySet<string>;
  issuer: string;
};

/** What the ID token says about a person. */
export function identityClaims(person: Person, issuer: string) {
  return {
    sub: person.sub,
    name: person.name,
    preferred_username: person.username,
    profile: `${issuer}/${person.username}`,
    picture: person.pictureUrl ?? avatarUrl(person.username, issuer),
    website: person.website,
    email: person.email,
    email_verified: true,
  };
}

/** What userinfo says: the identity, the plan, and the organizations. */
export function userinfoClaims(person: Person, release: Release) {
  return {
    ...identityClaims(person, release.issuer),
    isPro: person.isPro,
    canPay: person.canPay,
    orgs: person.organizations.map((organization) => organizationClaims(organization, release)),
  };
}

// The role is told only when the person opened the organization to the app, or the app may read all memberships.
function organizationClaims(organization: Organization, { openedOrganizations, scopes, issuer }: Release) {
  const open = openedOrganizations.includes(organization.sub) || scopes.has("read-memberships");
  return {
    sub: organization.sub,
    name: organization.name,
    preferred_username: organization.username,
    picture: avatarUrl(organization.username, issuer),
    ...(organization.plan && { plan: organization.plan }),
    ...(scopes.has("read-billing") && organization.canPay !== undefined && { canPay: organization.canPay }),
    ...(open && { roleInOrg: organization.role }),
    ...(organization.securityRestrictions && { securityRestrictions: organization.securityRestrictions }),
    ...(open && organization.resourceGroups && { resourceGroups: organization.resourceGroups }),
  };
}

function avatarUrl(username: string, issuer: string): string {
  return `${issuer}/avatars/${username}.png`;
}
