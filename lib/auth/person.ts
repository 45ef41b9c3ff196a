/** Who is signed in, as far as pages may know it. Pure types: shared with components; the access token is not among them. */

export type OrganizationRole = "admin" | "write" | "contributor" | "read";

export type Organization = {
  username: string;
  name: string;
  /** Null when the person granted no access to the organization. */
  role: OrganizationRole | null;
};

export type Person = {
  /** The provider's `sub`: stable across renames; the owner of what the person makes. */
  id: string;
  username: string;
  name: string;
  /** A path of this app, or null when the person has no picture. */
  avatarUrl: string | null;
  isPro: boolean;
  organizations: Organization[];
  scopes: string[];
  /** When the session ends, ISO 8601 in UTC. */
  expiresAt: string;
};
