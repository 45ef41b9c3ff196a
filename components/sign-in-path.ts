/** The address that starts a sign-in. `next` is a path of this app; `orgIds` are ids of organizations to grant access to. */
export function signInPath({ next, ...others }: { next: string; orgIds?: string | undefined; prompt?: "consent"; scope?: string }): string {
  const query = new URLSearchParams({ next });
  for (const [name, value] of Object.entries(others)) if (value) query.set(name, value);
  return `/login?${query}`;
}
