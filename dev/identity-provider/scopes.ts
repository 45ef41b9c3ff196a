/** What each scope lets an app do, in plain words, for the consent page. */
const meanings: Record<string, string> = {
  openid: "Know who you are",
  profile: "See your public profile: name, picture, plan and organizations",
  email: "See your email address",
  "read-billing": "See whether you have a payment method",
  "read-memberships": "See your organizations and your role in each",
  "read-repos": "Read your repositories, private ones too",
  "gated-repos": "Read gated repositories that you were given access to",
  "contribute-repos": "Create repositories, and use those that it created",
  "write-repos": "Write to your repositories",
  "manage-repos": "Create and delete your repositories",
  "read-collections": "Read your collections",
  "write-collections": "Write to your collections",
  "write-discussions": "Open discussions and comment in your name",
  "inference-api": "Run models on your behalf, at your cost",
  "read-endpoints": "See your inference endpoints",
  "write-endpoints": "Change your inference endpoints",
  jobs: "Run jobs in your name",
  webhooks: "Manage your webhooks",
  "read-mcp": "Read your MCP settings",
};

/** The sentence for a scope; an unknown scope stands for itself. */
export function meaningOf(scope: string): string {
  return meanings[scope] ?? scope;
}
