/** What this app may ask a person to allow, and when it does: as little as possible, as late as possible. */
import "server-only";
import { z } from "zod";
import { type Config, config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import type { FlowId } from "./cookies";

/** What every sign-in asks for. The rest is asked for when somebody wants what needs it. */
export const signInScopes = "openid profile";

/** Scopes that a part of the app needs, with the name of that part. */
const wanted = [{ scope: "inference-api", feature: "Inference Providers" }] as const;

/** The name of a scope as a link or a form may ask for it; anything else counts as none. */
export const askedScopeSchema = z
  .string()
  .regex(/^[a-z][a-z-]{1,39}$/)
  .optional()
  .catch(undefined);

const mostKept = 1000;
const asked = () => processWide("scopes-asked", () => new Map<FlowId, string>());
const refused = () => processWide("scopes-refused", () => new Set<string>());

/**
 * The scopes to ask for: those of every sign-in, those that the person allowed before (a new token holds nothing else), and one more.
 * @throws Failure `scope_not_granted` when the provider does not let this app ask for it; its cause names the scope
 */
export function scopesToAsk(oauth: NonNullable<Config["oauth"]>, allowed: readonly string[], one: string | undefined): string {
  const grantable = oauth.scopes.split(" ");
  if (one && !grantable.includes(one)) throw notGranted([one]);
  const scopes = [...signInScopes.split(" "), ...allowed.filter((scope) => grantable.includes(scope)), ...(one ? [one] : [])];
  return [...new Set(scopes)].join(" ");
}

/** Remembers what a sign-in asks for, until its answer comes; the oldest are forgotten. */
export function rememberAsked(flow: FlowId, scopes: string): void {
  const [oldest] = asked().keys();
  if (oldest !== undefined && asked().size >= mostKept) asked().delete(oldest);
  asked().set(flow, scopes);
}

/** What a sign-in asked for; without a memory of it, what every sign-in does. */
export function scopesAsked(flow: FlowId): string {
  return asked().get(flow) ?? signInScopes;
}

/** The failure of a sign-in that the provider answered with `invalid_scope` (RFC 6749, 4.1.2.1). */
export function refusedScopes(flow: FlowId): Failure {
  const beyond = scopesAsked(flow)
    .split(" ")
    .filter((scope) => !signInScopes.split(" ").includes(scope));
  for (const scope of beyond) refused().add(scope);
  return notGranted(beyond);
}

/** For the owner: scopes that parts of the app need and that the provider does not grant it. */
export function missingScopes(): { scope: string; feature: string }[] {
  const grantable = config().oauth?.scopes.split(" ") ?? [];
  return wanted.filter(({ scope }) => !grantable.includes(scope) || refused().has(scope)).map((entry) => ({ ...entry }));
}

function notGranted(scopes: readonly string[]): Failure {
  const lines = scopes.map((scope) => `"- ${scope}"`).join(" and ");
  return new Failure("scope_not_granted", { cause: new Error(`add ${lines} to the OAuth scopes in the metadata of the README`) });
}
