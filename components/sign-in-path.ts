type SignInPath = {
  /** A path of this app. */
  next: string;
  /** Ids of organizations to grant access to. */
  orgIds?: string | undefined;
  prompt?: "consent" | undefined;
  /** A scope to ask for on top of those of every sign-in. */
  allow?: string | undefined;
};

/** The address that starts a sign-in. */
export function signInPath({ next, ...others }: SignInPath): string {
  const query = new URLSearchParams({ next });
  for (const [name, value] of Object.entries(others)) if (value) query.set(name, value);
  return `/login?${query}`;
}
