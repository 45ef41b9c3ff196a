import "server-only";
import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import type { NextRequest } from "next/server";
import { config } from "@/lib/config";
import { type FlowId, flowCookieNames, flowsAmong } from "./cookies";
import { nextAuthFor } from "./next-auth";
import { seeOther } from "./redirect";
import { rememberAsked, scopesToAsk } from "./scopes";
import { currentUser } from "./session";
import { isSecure, removeCookies, requireOAuth } from "./sign-in-context";
import { failureOfSignIn } from "./sign-in-failure";

/** Sign-ins that one browser may have under way; starting another forgets the oldest. */
const mostFlows = 3;
const mostForgotten = 12;

export type SignInRequest = {
  /** Where to go afterwards: a path that `safeNextPath` has passed. */
  next: string;
  prompt?: string | undefined;
  orgIds?: string | undefined;
  /** One more scope than every sign-in asks for. */
  allow?: string | undefined;
};

/**
 * Starts a sign-in from a plain link: 303 to the provider, with the cookies that its answer will be checked against.
 * Nothing of the request reaches the authorization request except `prompt`, `orgIds`, and a scope that the settings hold as well.
 * @throws Failure `sign_in_unconfigured`, `scope_not_granted`, `provider_unreachable`, `provider_nonsense`
 */
export async function startSignIn(request: NextRequest, { next, prompt, orgIds, allow: scope }: SignInRequest): Promise<Response> {
  const oauth = requireOAuth();
  // A browser that only looks ahead must not start a sign-in; a router that fetches data has to come as a page.
  const ahead = ["sec-purpose", "purpose", "next-router-prefetch", "rsc"].some((name) => request.headers.has(name));
  if (ahead) return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  // Cookies belong to one host: a sign-in happens on the canonical one from its first step on.
  if (isOtherHostOfOurs(request)) return seeOther(`/login${request.nextUrl.search}`);
  // The provider refuses to be framed: the page itself has the badge that opens a tab.
  if (request.headers.get("sec-fetch-dest") === "iframe") return seeOther(next);
  const person = await currentUser();
  const isAllowed = !scope || person?.scopes.includes(scope);
  if (!prompt && !orgIds && isAllowed && person) return seeOther(next);
  const scopes = scopesToAsk(oauth, person?.scopes ?? [], scope);

  const flow: FlowId = Date.now().toString(36) + randomBytes(4).readUInt32LE().toString(36);
  const errors: Error[] = [];
  const { signIn } = nextAuthFor(oauth, flow, scopes, (error) => errors.push(error));
  const parameters = { ...(prompt && { prompt }), ...(orgIds && { orgIds }) };
  const destination: string = await signIn("huggingface", { redirect: false, redirectTo: next }, parameters).catch((error) => {
    throw failureOfSignIn(error);
  });
  if (errors[0]) throw failureOfSignIn(errors[0]);
  rememberAsked(flow, scopes);
  const flows = flowsAmong((await cookies()).getAll().map(({ name }) => name));
  // A browser that somebody filled with cookies is cleared in several steps: an answer has only so much room.
  await removeCookies(
    flows
      .slice(0, -mostFlows)
      .slice(0, mostForgotten)
      .flatMap((old) => flowCookieNames(old, isSecure())),
  );
  return seeOther(destination);
}

/** Only hosts that are ours are left: behind a proxy that hides the host, any other name is this one. */
function isOtherHostOfOurs(request: NextRequest): boolean {
  const { origin, origins } = config();
  const host = request.headers.get("host");
  const isLoopback = new URL(origin).hostname === "localhost" && host === new URL(origin).host.replace("localhost", "127.0.0.1");
  return isLoopback || origins.some((other) => other !== origin && new URL(other).host === host);
}
