import { privateRoute } from "@/lib/http/route";

/** Who is signed in. What the page has no use for, such as the e-mail address, stays on the server. */
export const GET = privateRoute({}, async ({ person }) => {
  const { id, username, name, avatarUrl, isPro, scopes, expiresAt } = person;
  const organizations = person.organizations.map((organization) => ({
    username: organization.username,
    name: organization.name,
    role: organization.role,
  }));
  return { id, username, name, avatarUrl, isPro, organizations, scopes, expiresAt };
});
