import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { config } from "@/lib/config";
import type { Failure } from "./errors";

/** Values that look like secrets are cut from messages, whoever wrote them: tokens, JSON Web Tokens, authorization codes. */
const secrets = /hf_[A-Za-z0-9_.-]+|ey[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)+|((?:code|state|token|secret)=)[^&\s"]+/g;

const longestMessage = 200;

export type AnsweredRequest = {
  id: string;
  method: string;
  /** The route's pattern: ids of pictures are nobody's business. */
  route: string;
  status: number;
  milliseconds: number;
  /** The `sub` of who asked; only a keyed hash of it is written. */
  person: string | null;
  failure: Failure | null;
};

/** A fresh id that names one request in the log and to the person who made it. */
export function newRequestId(): string {
  return randomBytes(6).toString("hex");
}

/** Writes the one line of a request that was answered: no query, no header, no body, and causes only of what nobody expected. */
export function logRequest({ id, method, route, status, milliseconds, person, failure }: AnsweredRequest): void {
  write(status >= 500 ? "error" : "info", {
    id,
    request: `${method} ${route}`,
    status,
    ms: Math.round(milliseconds),
    ...(person !== null && { person: pseudonymOf(person) }),
    ...(failure && { code: failure.code }),
    ...(failure && status >= 500 && { message: messageOf(failure) }),
  });
}

/**
 * Writes one line about an error outside of an answer's status and returns the id that the person sees.
 * Only names and messages of the error and its causes are written: no stack, no request, no cookie, no prompt.
 */
export function logError(error: unknown, where: string, id = newRequestId()): string {
  write("error", { id, where, message: messageOf(error) });
  return id;
}

function write(level: "info" | "error", line: object): void {
  const text = JSON.stringify({ level, time: new Date().toISOString(), ...line });
  if (level === "error") console.error(text);
  else console.log(text);
}

function messageOf(error: unknown): string {
  const chain: string[] = [];
  for (let link: unknown = error; link instanceof Error && chain.length < 6; link = link.cause) {
    chain.push(`${link.name}: ${link.message}`.replace(secrets, "$1…").slice(0, longestMessage));
  }
  return chain.join(" < ") || "not an error";
}

/** Lines of one person can be told to belong together; who it is cannot be told from them. */
function pseudonymOf(person: string): string {
  const key = config().oauth?.sessionSecret ?? "";
  return createHmac("sha256", key).update(`log ${person}`).digest("hex").slice(0, 12);
}
