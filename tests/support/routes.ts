/**
 * Every address of the app: which methods it knows, and what it answers to whom. The isolation of one person's pictures from
 * another's walks this table; tests/unit/routes.test.ts demands that it is complete.
 */
export const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;

export type Method = (typeof methods)[number];

/** How an answer is built when all is well: a page, JSON, bytes of a picture, or a redirect of signing in. */
export type Kind = "page" | "json" | "bytes" | "hop";

export type Route = {
  kind: Kind;
  /** Methods with a handler of their own; HEAD comes with GET. */
  methods: readonly Method[];
  /** The status of a GET without a session, and with one; 405 where there is no GET. */
  signedOut: number;
  signedIn: number;
  /** Whose: `[id]` names something that one person owns. */
  owned?: true;
};

/** By the folder's name under `app`, as Next.js writes addresses with parameters. */
export const routes: Readonly<Record<string, Route>> = {
  "/": { kind: "page", methods: ["GET"], signedOut: 200, signedIn: 200 },
  "/account": { kind: "page", methods: ["GET"], signedOut: 307, signedIn: 200 },
  "/gallery": { kind: "page", methods: ["GET"], signedOut: 307, signedIn: 200 },
  "/gallery/trash": { kind: "page", methods: ["GET"], signedOut: 307, signedIn: 200 },
  "/gallery/[id]": { kind: "page", methods: ["GET"], signedOut: 307, signedIn: 200, owned: true },
  "/organization": { kind: "page", methods: ["GET"], signedOut: 200, signedIn: 200 },
  "/status": { kind: "page", methods: ["GET"], signedOut: 307, signedIn: 404 },
  "/embedded": { kind: "page", methods: ["GET"], signedOut: 307, signedIn: 200 },
  "/embedded/continue": { kind: "hop", methods: ["POST"], signedOut: 405, signedIn: 405 },
  "/language": { kind: "hop", methods: ["POST"], signedOut: 405, signedIn: 405 },
  "/login": { kind: "hop", methods: ["GET", "POST"], signedOut: 303, signedIn: 303 },
  "/logout": { kind: "hop", methods: ["POST"], signedOut: 405, signedIn: 405 },
  "/auth/callback": { kind: "hop", methods: ["GET"], signedOut: 303, signedIn: 303 },
  "/login/callback": { kind: "hop", methods: ["GET"], signedOut: 303, signedIn: 303 },
  "/.well-known/oauth-cimd": { kind: "json", methods: ["GET"], signedOut: 404, signedIn: 404 },
  "/api/auth/callback/huggingface": { kind: "hop", methods: ["GET"], signedOut: 303, signedIn: 303 },
  "/api/account": { kind: "json", methods: ["DELETE"], signedOut: 405, signedIn: 405 },
  "/api/handoff": { kind: "json", methods: ["POST"], signedOut: 405, signedIn: 405 },
  "/api/export": { kind: "bytes", methods: ["GET", "POST"], signedOut: 401, signedIn: 200 },
  "/api/import": { kind: "json", methods: ["POST"], signedOut: 405, signedIn: 405 },
  "/api/jobs": { kind: "json", methods: ["GET"], signedOut: 401, signedIn: 200 },
  "/api/jobs/[id]": { kind: "json", methods: ["GET", "POST", "DELETE"], signedOut: 401, signedIn: 404 },
  "/api/models": { kind: "json", methods: ["GET"], signedOut: 401, signedIn: 200 },
  "/api/generations": { kind: "json", methods: ["GET", "POST", "DELETE"], signedOut: 401, signedIn: 200 },
  "/api/generations/changes": { kind: "json", methods: ["POST"], signedOut: 405, signedIn: 405 },
  "/api/generations/made-with": { kind: "json", methods: ["GET"], signedOut: 401, signedIn: 200 },
  "/api/generations/[id]": { kind: "json", methods: ["GET", "PATCH", "DELETE"], signedOut: 401, signedIn: 200, owned: true },
  "/api/generations/[id]/image": { kind: "bytes", methods: ["GET"], signedOut: 401, signedIn: 200, owned: true },
  "/api/collections": { kind: "json", methods: ["GET", "POST"], signedOut: 401, signedIn: 200 },
  "/api/collections/[id]": { kind: "json", methods: ["GET", "PATCH", "DELETE"], signedOut: 401, signedIn: 404 },
  "/api/shares": { kind: "json", methods: ["GET", "POST"], signedOut: 401, signedIn: 200 },
  "/api/shares/[id]": { kind: "json", methods: ["DELETE"], signedOut: 405, signedIn: 405 },
  "/s/[token]": { kind: "hop", methods: ["GET"], signedOut: 404, signedIn: 404 },
  "/s/[token]/[picture]": { kind: "hop", methods: ["GET"], signedOut: 404, signedIn: 404 },
  "/s/[token]/[picture]/image": { kind: "hop", methods: ["GET"], signedOut: 404, signedIn: 404 },
  "/api/health": { kind: "json", methods: ["GET"], signedOut: 200, signedIn: 200 },
  "/api/me": { kind: "json", methods: ["GET"], signedOut: 401, signedIn: 200 },
  "/api/me/avatar": { kind: "bytes", methods: ["GET"], signedOut: 401, signedIn: 200 },
  "/api/status": { kind: "json", methods: ["GET"], signedOut: 401, signedIn: 404 },
  "/api/ready": { kind: "json", methods: ["GET"], signedOut: 200, signedIn: 200 },
};

/** The address of a route for one picture. */
export const addressOf = (pattern: string, id: string): string => pattern.replace("[id]", id);
