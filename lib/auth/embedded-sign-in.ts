import "server-only";
import { cookies } from "next/headers";
import type { NextRequest } from "next/server";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import { endingInFrame, newSessionId, personOf, type SessionClaims } from "./claims";
import { cookieAttributes, frameCookieAttributes, frameCookieName, handoffCookieName } from "./cookies";
import { createHandoffs, handoffSeconds } from "./handoff";
import { safeNextPath } from "./next-path";
import { sealSession } from "./opened-sessions";
import type { Person } from "./person";
import { isKnownRevoked } from "./revocations";
import { askedScopeSchema } from "./scopes";
import { isSecure } from "./sign-in-context";

/** 32 bytes, base64url. */
export const handoffSecretSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const handoffs = () => processWide("handoffs", () => createHandoffs<SessionClaims>());

const largestForm = 1024;

export type StartForm = {
  challenge: string;
  next: string;
  /** One more scope than every sign-in asks for. */
  allow: string | undefined;
  /** Asks at the provider also who is signed in already. */
  prompt: "consent" | undefined;
};

/**
 * The form that the embedded badge sends into a new tab. Only a click in a page of ours can have sent it: the browser itself
 * vouches for where it came from, so that no link, mail or page of somebody else's can begin a handoff.
 * @throws Failure `handoff_refused`
 */
export async function readStartForm(request: NextRequest): Promise<StartForm> {
  const isForm = /^application\/x-www-form-urlencoded(?:;|$)/i.test(request.headers.get("content-type") ?? "");
  const expected = { "sec-fetch-dest": "document", "sec-fetch-user": "?1" };
  const isForeign = Object.entries(expected).some(([name, value]) => (request.headers.get(name) ?? value) !== value);
  const form = isForm && !isForeign && new URLSearchParams(await shortText(request));
  const challenge = handoffSecretSchema.safeParse(form ? form.get("challenge") : null);
  if (!form || !challenge.success) throw new Failure("handoff_refused");
  const allow = askedScopeSchema.parse(form.get("allow") ?? undefined);
  const prompt = form.get("prompt") === "consent" ? "consent" : undefined;
  return { challenge: challenge.data, next: safeNextPath(form.get("next")), allow, prompt };
}

/**
 * Begins a handoff in this tab. False where the frame could not use a session of its own anyway: plain http has no partitioned
 * cookies, a browser that does not say what it fetches for gets none, and another host than the canonical one cannot sign in.
 */
export async function beginHandoff(request: NextRequest, challenge: string): Promise<boolean> {
  const { oauth, origin } = config();
  const isCanonical = request.headers.get("host") === new URL(origin).host;
  if (!oauth || !isSecure() || !isCanonical || !request.headers.has("sec-fetch-dest")) return false;
  if (!handoffs().create(challenge)) return false;
  const name = handoffCookieName(true);
  const sealed = await encode({ token: { challenge }, secret: oauth.sessionSecret, salt: name, maxAge: handoffSeconds });
  (await cookies()).set(name, sealed, { ...cookieAttributes(true), maxAge: handoffSeconds });
  return true;
}

/** What became of the handoff that was begun in this tab: null when there was none, or when it is done. */
export async function handoffOfTab(): Promise<"open" | "ended" | null> {
  const challenge = await challengeOfTab();
  if (!challenge) return null;
  return handoffs().isOpen(challenge) ? "open" : "ended";
}

/** Lets the frame whose handoff was begun in this tab claim a session with these claims. False when there is none that waits. */
export async function approveHandoff(claims: SessionClaims): Promise<boolean> {
  const challenge = await challengeOfTab();
  if (!challenge || !handoffs().approve(challenge, claims)) return false;
  (await cookies()).set(handoffCookieName(isSecure()), "", { ...cookieAttributes(isSecure()), maxAge: 0 });
  return true;
}

/**
 * The frame takes its session: the person, with the cookie set; null while nobody has signed in in the tab.
 * @throws Failure `handoff_ended`, `handoff_unknown`
 */
export async function claimHandoff(verifier: string): Promise<Person | null> {
  const claim = handoffs().claim(verifier);
  if (claim.state === "open") return null;
  if (claim.state === "unknown") throw new Failure("handoff_unknown");
  // Whoever signed out in the tab before the frame came has ended this, too.
  if (claim.state === "ended" || isKnownRevoked(claim.grant)) throw new Failure("handoff_ended");
  const { oauth } = config();
  if (!oauth) throw new Failure("sign_in_unconfigured");
  const claims = endingInFrame({ ...claim.grant, sid: newSessionId() });
  const maxAge = claims.expiresAt - Math.floor(Date.now() / 1000);
  const sealed = await sealSession(claims, oauth.sessionSecret, frameCookieName);
  (await cookies()).set(frameCookieName, sealed, { ...frameCookieAttributes, maxAge });
  return personOf(claims);
}

async function challengeOfTab(): Promise<string | null> {
  const { oauth } = config();
  const salt = handoffCookieName(isSecure());
  const sealed = (await cookies()).get(salt)?.value;
  if (!oauth || !sealed) return null;
  const token = await decode({ token: sealed, secret: oauth.sessionSecret, salt }).catch(() => null);
  return handoffSecretSchema.safeParse(token?.challenge).data ?? null;
}

async function shortText(request: NextRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > largestForm) throw new Failure("handoff_refused");
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
