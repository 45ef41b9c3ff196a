import "server-only";
import { randomBytes } from "node:crypto";

/** Values that look like secrets are cut from messages, whoever wrote them: tokens, JSON Web Tokens, authorization codes. */
const secrets = /hf_[A-Za-z0-9_.-]+|ey[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)+|((?:code|state|token|secret)=)[^&\s"]+/g;

/**
 * Writes one line about an error for the owner's log and returns the id that the person sees.
 * Only names and messages of the error and its causes are written: no stack, no request, no cookie, no prompt.
 */
export function logError(error: unknown, where: string): string {
  const id = randomBytes(6).toString("hex");
  const chain: string[] = [];
  for (let link: unknown = error; link instanceof Error && chain.length < 6; link = link.cause) chain.push(`${link.name}: ${link.message}`);
  const message = (chain.join(" < ") || "not an error").replace(secrets, "$1…").slice(0, 600);
  console.error(JSON.stringify({ level: "error", time: new Date().toISOString(), id, where, message }));
  return id;
}
