/** Who is signed in, as far as pages may know it. Pure types: shared with components; the access token is not among them. */

export type OrganizationRole = "admin" | "write" | "contributor" | "read";

/** Of an organization the session knows names and role; the rest is null until `currentOrganizations` has asked the provider. */
export type Organization = {
  /** The provider's `sub` of the organization. */
  id: string | null;
  username: string;
  name: string;
  /** Null when the person granted no access to the organization. */
  role: OrganizationRole | null;
  pictureUrl: string | null;
  /** `team`, `enterprise`, `academia`, or what the provider comes up with next. */
  plan: string | null;
  isEnterprise: boolean | null;
  canPay: boolean | null;
  /** What the person has not met yet: `sso`, `mfa`, `ip`, `token-policy`. */
  securityRestrictions: string[] | null;
};

export type Person = {
  /** The provider's `sub`: stable across renames; the owner of what the person makes. */
  id: string;
  username: string;
  name: string;
  /** A path of this app, or null when the person has no picture. */
  avatarUrl: string | null;
  /** The person's page at the provider, and the website that they name there. */
  profileUrl: string | null;
  websiteUrl: string | null;
  /** With the scope `email` only. */
  email: string | null;
  emailVerified: boolean | null;
  isPro: boolean;
  /** Whether a payment method is set up; with the scope `read-billing` only. */
  canPay: boolean | null;
  organizations: Organization[];
  scopes: string[];
  /** When the session ends, ISO 8601 in UTC. */
  expiresAt: string;
};
