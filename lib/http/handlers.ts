/**
 * What route handlers answer, as their folders under `app` are named, with their methods. The rest is pages, which can only be read.
 * Next.js would answer a method that is not there without saying which are (RFC 9110, 15.5.6), and pages to any method.
 */
const handlers: Readonly<Record<string, readonly string[]>> = {
  "/.well-known/oauth-cimd": ["GET"],
  "/api/account": ["DELETE"],
  "/api/auth/callback/huggingface": ["GET"],
  "/api/collections": ["GET", "POST"],
  "/api/collections/[id]": ["GET", "PATCH", "DELETE"],
  "/api/export": ["GET", "POST"],
  "/api/generations": ["GET", "POST", "DELETE"],
  "/api/generations/changes": ["POST"],
  "/api/generations/made-with": ["GET"],
  "/api/generations/[id]": ["GET", "PATCH", "DELETE"],
  "/api/generations/[id]/image": ["GET"],
  "/api/handoff": ["POST"],
  "/api/health": ["GET"],
  "/api/import": ["POST"],
  "/api/me": ["GET"],
  "/api/me/avatar": ["GET"],
  "/api/jobs": ["GET"],
  "/api/jobs/[id]": ["GET", "POST", "DELETE"],
  "/api/models": ["GET"],
  "/api/ready": ["GET"],
  "/api/shares": ["GET", "POST"],
  "/api/shares/[id]": ["DELETE"],
  "/api/status": ["GET"],
  "/auth/callback": ["GET"],
  "/embedded/continue": ["POST"],
  "/language": ["POST"],
  "/login": ["GET", "POST"],
  "/login/callback": ["GET"],
  "/logout": ["POST"],
  "/s/[token]": ["GET"],
  "/s/[token]/[picture]": ["GET"],
  "/s/[token]/[picture]/image": ["GET"],
};

/** Reading a page, or what else only stands there to be read. */
export const reading: readonly string[] = ["GET", "HEAD"];

const patterns = Object.entries(handlers).map(([address, methods]) => ({
  pattern: new RegExp(`^${address.replaceAll(".", "\\.").replace(/\[\w+\]/g, "[^/]+")}$`),
  methods: methods.includes("GET") ? [...reading, ...methods.filter((method) => method !== "GET")] : methods,
}));

/** The methods of the route handler at an address, or null when there is none. */
export function handledMethods(pathname: string): readonly string[] | null {
  return patterns.find(({ pattern }) => pattern.test(pathname))?.methods ?? null;
}
