import "server-only";
import { cookies } from "next/headers";
import { NextRequest } from "next/server";
import { decode } from "next-auth/jwt";
import { type Config, config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { NotAdmitted } from "./admission";
import type { SessionClaims } from "./claims";
import {
  callbackUrlCookieName,
  cookieAttributes,
  type FlowId,
  flowCookieNames,
  flowsAmong,
  restartCookieName,
  sessionCookieName,
  stateCookieName,
} from "./cookies";
import { approveHandoff, handoffOfTab } from "./embedded-sign-in";
import { nextAuthFor } from "./next-auth";
import { openSession, sealSession } from "./opened-sessions";
import { seeOther } from "./redirect";
import { noteGranted, refusedScopes, scopesAsked } from "./scopes";
import { currentUser } from "./session";
import { isSecure, removeCookies, requireOAuth } from "./sign-in-context";
import { afterHandoff, nextPathOf, nextPathUnderWay, refusalPath, withNotice } from "./sign-in-destination";
import { failureOfSignIn } from "./sign-in-failure";

const restartGuardSeconds = 300;
/** What an authorization response may carry (RFC 6749, 4.1.2; RFC 9207; OpenID Connect Session Management). */
const responseParameters = new Set(["code", "state", "iss", "error", "error_description", "error_uri", "session_state"]);

/**
 * Finishes a sign-in at the redirect URI: on success 303 to where one wanted to go, with a session; declined, back to where one
 * was with a notice; one that is lost or stale is started again, once.
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
    if (failure.code === "sign_in_declined") return seeOther(withNotice((await currentUser()) ? next : "/"));
    if (failure.cause instanceof NotAdmitted) return seeOther(refusalPath(failure.cause.refusal, next));
    throw failure;
  }
  const session = await sessionIn(answer, oauth);
  noteGranted(session.scope);
  const handoff = await handoffOfTab();
  // A refresh token is good for one use. Where a frame gets the session it goes on there, and the tab is closed.
  const isHandedOver = handoff !== null && (await approveHandoff(session));
  await keepSession(oauth, isHandedOver ? { ...session, refreshToken: null } : session);
  const destination = answer.headers.get("location") ?? "/";
  return seeOther(handoff ? afterHandoff(destination) : destination);
}

/** The session that next-auth made of a sign-in. */
async function sessionIn(answer: Response, oauth: NonNullable<Config["oauth"]>): Promise<SessionClaims> {
  const name = sessionCookieName(isSecure());
  const value = answer.headers
    .getSetCookie()
    .flatMap((cookie) => (cookie.startsWith(`${name}=`) ? [cookie.slice(name.length + 1)] : []))[0];
  const session = await openSession(value?.split(";")[0] ?? "", oauth.sessionSecret, name);
  if (!session) throw new Failure("provider_nonsense", { cause: new Error("signing in gave no session") });
  return session;
}

/** Keeps a session in this browser, in a cookie that ends with it. */
async function keepSession(oauth: NonNullable<Config["oauth"]>, session: SessionClaims): Promise<void> {
  const name = sessionCookieName(isSecure());
  const sealed = await sealSession(session, oauth.sessionSecret, name);
  (await cookies()).set(name, sealed, { ...cookieAttributes(isSecure()), expires: new Date(session.expiresAt * 1000) });
}

/** next-auth gives up on a cookie of where to go that is no address; one that does not lead here is the same as none. */
function withoutPoison(request: NextRequest, flow: FlowId): NextRequest {
  const name = callbackUrlCookieName(flow, isSecure());
  const value = request.cookies.get(name)?.value ?? "";
  if (!URL.canParse(value) || new URL(value).origin !== config().origin) request.cookies.delete(name);
  return request;
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
  const next = nextPathUnderWay(request);
  if (await currentUser()) return seeOther(next);
  const guard = restartCookieName(isSecure());
  if (isError || request.cookies.has(guard)) throw new Failure("sign_in_expired");
  (await cookies()).set(guard, "1", { ...cookieAttributes(isSecure()), maxAge: restartGuardSeconds });
  return seeOther(`/login?next=${encodeURIComponent(next)}`);
}
