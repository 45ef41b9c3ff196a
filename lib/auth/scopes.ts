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
const hintMs = 60 * 60_000;
const asked = () => processWide("scopes-asked", () => new Map<FlowId, string>());
const refused = () => processWide("scopes-refused", () => new Map<string, number>());

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
  for (const scope of beyond) refused().set(scope, Date.now());
  return notGranted(beyond);
}

/** A token with these scopes has come: that the provider refuses them is not so, or not any more. */
export function noteGranted(scopes: string): void {
  for (const scope of scopes.split(" ")) refused().delete(scope);
}

type NeededScope = { scope: string; feature: string };

/** Scopes that parts of the app need and that the settings do not let it ask for. */
export function missingScopes(): NeededScope[] {
  return wanted.filter(({ scope }) => !isGrantable(scope)).map((entry) => ({ ...entry }));
}

/**
 * A hint for the owner: scopes that parts of the app need, that the settings hold, and that an answer within the last hour called
 * refused. Whoever begins a sign-in can come back with such an answer of their own making, so nothing may be decided by it.
 */
export function refusedLately(): NeededScope[] {
  const isRecent = (scope: string) => Date.now() - (refused().get(scope) ?? Number.NEGATIVE_INFINITY) < hintMs;
  return wanted.filter(({ scope }) => isGrantable(scope) && isRecent(scope)).map((entry) => ({ ...entry }));
}

function isGrantable(scope: string): boolean {
  return config().oauth?.scopes.split(" ").includes(scope) ?? false;
}

function notGranted(scopes: readonly string[]): Failure {
  const lines = scopes.map((scope) => `"- ${scope}"`).join(" and ");
  return new Failure("scope_not_granted", { cause: new Error(`add ${lines} to the OAuth scopes in the metadata of the README`) });
}
