import "server-only";
import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { NextRequest } from "next/server";
import { decode } from "next-auth/jwt";
import { type Config, config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { NotAdmitted, type Refusal } from "./admission";
import type { SessionClaims } from "./claims";
import {
  callbackUrlCookieName,
  cookieAttributes,
  type FlowId,
  flowCookieNames,
  flowsAmong,
  frameCookieAttributes,
  frameCookieName,
  restartCookieName,
  sessionCookieName,
  stateCookieName,
} from "./cookies";
import { approveHandoff, handoffOfTab } from "./embedded-sign-in";
import { nextAuthFor } from "./next-auth";
import { safeNextPath } from "./next-path";
import { openSession } from "./opened-sessions";
import { seeOther } from "./redirect";
import { refusedScopes, rememberAsked, scopesAsked, scopesToAsk } from "./scopes";
import { currentUser, revokeAllSessions, revokeSession } from "./session";
import { failureOfSignIn } from "./sign-in-failure";

/** Sign-ins that one browser may have under way; starting another forgets the oldest. */
const mostFlows = 3;
const mostForgotten = 12;
const restartGuardSeconds = 300;
/** What an authorization response may carry (RFC 6749, 4.1.2; RFC 9207; OpenID Connect Session Management). */
const responseParameters = new Set(["code", "state", "iss", "error", "error_description", "error_uri", "session_state"]);

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

/**
 * Finishes a sign-in at the redirect URI: on success 303 to where one wanted to go, with a session; declined, back to the
 * start page with a notice; one that is lost or stale is started again, once.
 * @throws Failure for everything that a person has to be told
 */
export async function finishSignIn(request: NextRequest): Promise<Response> {
  const oauth = requireOAuth();
  const parameters = request.nextUrl.searchParams;
  for (const name of parameters.keys()) {
    if (!responseParameters.has(name) || parameters.getAll(name).length > 1) throw new Failure("sign_in_malformed");
  }
  // The state comes first: an answer that belongs to no sign-in of this browser is not believed, not even its error.
  const flow = await flowOfState(request, oauth, parameters.get("state"));
  if (!flow) return restartOnce(request, parameters.has("error"));

  const errors: Error[] = [];
  const { handlers } = nextAuthFor(oauth, flow, scopesAsked(flow), (error) => errors.push(error));
  // next-auth finds its action in the path: whichever of the callback paths was used, it sees its own.
  const own = new URL(`/api/auth/callback/huggingface${request.nextUrl.search}`, config().origin);
  const answer = await handlers.GET(withoutPoison(new NextRequest(own, { headers: request.headers }), flow));
  const next = nextPathOf(request, flow);
  await removeCookies([...flowCookieNames(flow, isSecure()), restartCookieName(isSecure())]);
  if (errors[0]) {
    if (parameters.get("error") === "invalid_scope") throw refusedScopes(flow);
    const failure = failureOfSignIn(errors[0], parameters.get("error"));
    // Who said no to more than they had allowed before is still signed in.
    if (failure.code === "sign_in_declined") return seeOther((await currentUser()) ? next : "/?notice=declined");
    if (failure.cause instanceof NotAdmitted) return seeOther(refusalPath(failure.cause.refusal, next));
    throw failure;
  }
  const session = await keepSession(oauth, answer);
  const destination = answer.headers.get("location") ?? "/";
  return seeOther((await isForFrame(session)) ? afterHandoff(destination) : destination);
}

/** Takes over the session that next-auth sealed, in a cookie that ends with it. */
async function keepSession(oauth: NonNullable<Config["oauth"]>, answer: Response): Promise<SessionClaims> {
  const name = sessionCookieName(isSecure());
  const value = answer.headers
    .getSetCookie()
    .flatMap((cookie) => (cookie.startsWith(`${name}=`) ? [cookie.slice(name.length + 1)] : []))[0];
  const sealed = value?.split(";")[0] ?? "";
  const session = await openSession(sealed, oauth.sessionSecret, name);
  if (!session) throw new Failure("provider_nonsense", { cause: new Error("signing in gave no session") });
  (await cookies()).set(name, sealed, { ...cookieAttributes(isSecure()), expires: new Date(session.expiresAt * 1000) });
  return session;
}

/** Where a tab ends that signed in for the embedded frame. @param next where one may continue in the tab: a path of ours, or its address */
export function afterHandoff(next: string): string {
  const { pathname, search } = new URL(next, config().origin);
  return `/embedded?next=${encodeURIComponent(pathname + search)}`;
}

/** When an embedded frame waits for this sign-in, it may have a session, too. */
async function isForFrame(session: SessionClaims): Promise<boolean> {
  if ((await handoffOfTab()) === null) return false;
  await approveHandoff(session);
  return true;
}

/** Ends the session, in this browser and in every copy of its cookie, and with `?everywhere=true` all others; leads to the start page. */
export async function endSession({ nextUrl }: NextRequest): Promise<Response> {
  if (nextUrl.searchParams.get("everywhere") === "true") await revokeAllSessions();
  await forgetSession();
  return seeOther("/");
}

/** Ends the session in the same way, within an answer that is about something else. */
export async function forgetSession(): Promise<void> {
  await revokeSession();
  await removeCookies([sessionCookieName(isSecure())]);
  // A cookie goes only when it is named with the attributes that it came with.
  if (isSecure()) (await cookies()).set(frameCookieName, "", { ...frameCookieAttributes, maxAge: 0 });
}

/** Where the person wanted to go: next-auth keeps it in a cookie of the sign-in. */
function nextPathOf(request: NextRequest, flow: FlowId): string {
  const address = request.cookies.get(callbackUrlCookieName(flow, isSecure()))?.value ?? "";
  const { origin } = config();
  return safeNextPath(address.startsWith(`${origin}/`) ? address.slice(origin.length) : null);
}

function refusalPath({ reason, organizationId }: Refusal, next: string): string {
  const query = new URLSearchParams({ reason, next, ...(organizationId && { orgIds: organizationId }) });
  return `/organization?${query}`;
}

/** next-auth gives up on a cookie of where to go that is no address; one that does not lead here is the same as none. */
function withoutPoison(request: NextRequest, flow: FlowId): NextRequest {
  const name = callbackUrlCookieName(flow, isSecure());
  const value = request.cookies.get(name)?.value ?? "";
  if (!URL.canParse(value) || new URL(value).origin !== config().origin) request.cookies.delete(name);
  return request;
}

function requireOAuth(): NonNullable<Config["oauth"]> {
  const { oauth } = config();
  if (!oauth) throw new Failure("sign_in_unconfigured");
  return oauth;
}

/** Only hosts that are ours are left: behind a proxy that hides the host, any other name is this one. */
function isOtherHostOfOurs(request: NextRequest): boolean {
  const { origin, origins } = config();
  const host = request.headers.get("host");
  const isLoopback = new URL(origin).hostname === "localhost" && host === new URL(origin).host.replace("localhost", "127.0.0.1");
  return isLoopback || origins.some((other) => other !== origin && new URL(other).host === host);
}

function isSecure(): boolean {
  return config().origin.startsWith("https:");
}

async function removeCookies(names: string[]): Promise<void> {
  const jar = await cookies();
  for (const name of names) jar.set(name, "", { ...cookieAttributes(isSecure()), maxAge: 0 });
}

/** The sign-in under way in this browser whose state this is, or null. */
async function flowOfState(request: NextRequest, oauth: NonNullable<Config["oauth"]>, state: string | null): Promise<FlowId | null> {
  if (!state) return null;
  for (const flow of flowsAmong(request.cookies.getAll().map(({ name }) => name))) {
    const salt = stateCookieName(flow, isSecure());
    const token = request.cookies.get(salt)?.value;
    const sealed = await decode({ ...(token && { token }), secret: oauth.sessionSecret, salt }).catch(() => null);
    if (sealed?.value === state) return flow;
  }
  return null;
}

/** Another browser, a stale cookie, the back button: begin again, but never in a circle. */
async function restartOnce(request: NextRequest, isError: boolean): Promise<Response> {
  if (await currentUser()) return seeOther("/gallery");
  const guard = restartCookieName(isSecure());
  if (isError || request.cookies.has(guard)) throw new Failure("sign_in_expired");
  (await cookies()).set(guard, "1", { ...cookieAttributes(isSecure()), maxAge: restartGuardSeconds });
  return seeOther("/login");
}
