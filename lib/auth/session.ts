import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { admissionRule } from "./admission";
import { latestEnd, personOf, type SessionClaims } from "./claims";
import { acceptedSessionCookies, frameCookieName } from "./cookies";
import { openSession } from "./opened-sessions";
import { organizationsOf } from "./organizations";
import type { Organization, OrganizationRole, Person } from "./person";
import { renewedCookie } from "./refresh";
import { revoke, revokeSeries } from "./revocations";
import { scopesToAsk } from "./scopes";

/** The session of this request, or null: no cookie, one that was not sealed here, that was signed out, or whose access token has ended. */
const currentSession = cache(async (): Promise<SessionClaims | null> => {
  const { oauth, origin } = config();
  // Reading cookies first keeps every page that asks dynamic, also when sign-in is not set up.
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  for (const name of acceptedSessionCookies(sent, origin.startsWith("https:"))) {
    const sealed = jar.get(name)?.value;
    const claims = oauth && sealed ? await openSession(sealed, oauth.sessionSecret, name) : null;
    if (claims?.admittedUnder === admissionRule()) return claims;
  }
  return null;
});

/** Whether this page is shown in the Hub's frame. A fetch of the page's own does not say so, but brings the frame's cookie. */
export async function isEmbedded(): Promise<boolean> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const [tabs, frames] = acceptedSessionCookies(sent, true);
  return sent.get("sec-fetch-dest") === "iframe" || (frames === frameCookieName && jar.has(frames) && !jar.has(tabs ?? ""));
}

/**
 * The session of this tab, for the embedded frame, which seals it again. A refresh token is good for one use: this one stays here.
 * @throws Failure `signed_out`
 */
export async function sessionToHandOver(): Promise<SessionClaims> {
  const session = await currentSession();
  if (!session) throw new Failure("signed_out");
  return { ...session, refreshToken: null };
}

/** Ends the session of this request for good: no copy of its cookie opens anything from now on. */
export async function revokeSession(): Promise<void> {
  const session = await currentSession();
  if (session) await revoke(session.sid, latestEnd(session));
}

/** The same for every session of this person that began before now. */
export async function revokeAllSessions(): Promise<void> {
  const session = await currentSession();
  if (session) await revokeSeries(session);
}

/** The signed-in person, or null. The access token never leaves this module and the generators' calls. */
export async function currentUser(): Promise<Person | null> {
  const session = await currentSession();
  return session && personOf(session);
}

/** Where the provider says that the signed-in person's picture is, or null. Not to be trusted. */
export async function currentPictureUrl(): Promise<string | null> {
  return (await currentSession())?.picture ?? null;
}

/** The signed-in person's organizations with their details, as the provider tells them now; none when nobody is signed in. */
export async function currentOrganizations(): Promise<Organization[]> {
  const session = await currentSession();
  return session ? organizationsOf(session) : [];
}

/** The signed-in person. @throws Failure `signed_out` */
export async function requireUser(): Promise<Person> {
  const person = await currentUser();
  if (!person) throw new Failure("signed_out");
  return person;
}

/** The same for route handlers, which can set cookies: a session that is about to end is refreshed first. @throws Failure `signed_out` */
export async function requireFreshUser(): Promise<Person> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const renewed = await renewedCookie(jar, sent);
  if (renewed) jar.set(renewed);
  return requireUser();
}

/**
 * The signed-in person's access token, for a call that needs this scope. Whoever has not allowed it is led through
 * `/login?allow=…&next=…` and back.
 * @throws Failure `signed_out`, `scope_missing`, and `scope_not_granted` when nobody can allow it
 */
export async function requireScope(scope: string): Promise<string> {
  const session = await currentSession();
  if (!session) throw new Failure("signed_out");
  const allowed = session.scope.split(" ");
  if (allowed.includes(scope)) return session.accessToken;
  const { oauth } = config();
  if (oauth) scopesToAsk(oauth, allowed, scope);
  throw new Failure("scope_missing");
}

/**
 * For pages: the signed-in person; anyone else is led through signing in and back to `next`, a path of ours. In a frame, where
 * the provider cannot be shown, to a page with the badge instead.
 */
export async function requirePerson(next: string): Promise<Person> {
  const person = await currentUser();
  if (!person) redirect(`${(await isEmbedded()) ? "/embedded" : "/login"}?next=${encodeURIComponent(next)}`);
  return person;
}

/** Who may enter: members of one of these; anyone when there is none. */
export function requiredOrganizations(): readonly { organization: string; role: OrganizationRole | null }[] {
  return config().requiredOrganizations;
}

/** Whether signing in is set up, and which variables are missing when it is not. */
export function signInStatus(): { configured: boolean; missing: readonly string[] } {
  const { oauth, missingForSignIn } = config();
  return { configured: oauth !== null, missing: missingForSignIn };
}
