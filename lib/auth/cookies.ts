/** Names and attributes of the cookies of signing in. Plain data: one place decides them. */
import type { NextAuthConfig } from "next-auth";

/** `__Host-`: only this host, only over https, the whole site (RFC 6265bis, 4.1.3.2). Plain http exists on loopback alone. */
const prefixed = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name);

// next-auth joins every cookie whose name begins with the session cookie's: no other cookie may.
export const sessionCookieName = (secure: boolean) => prefixed("keepsake-session", secure);

/** The session in a frame on huggingface.co: a cookie that exists under that page alone. There is none over plain http. */
export const frameCookieName = "__Host-keepsake-frame";

/** `Partitioned` (CHIPS): kept apart for each site that embeds us, so that no other one can use it. */
export const frameCookieAttributes = { httpOnly: true, sameSite: "none", path: "/", secure: true, partitioned: true } as const;

/** In the tab: which handoff was begun in it. */
export const handoffCookieName = (secure: boolean) => prefixed("keepsake-handoff", secure);

/**
 * The session cookies that a request may use, the first that opens counts. The frame's is believed only where the browser says
 * that our own embedded page asks: a fetch from it, or loading it. Never for a page in a tab.
 */
export function acceptedSessionCookies(sent: Pick<Headers, "get">, secure: boolean): string[] {
  const destination = sent.get("sec-fetch-dest");
  const isOwnFetch = sent.get("sec-fetch-site") === "same-origin" && destination !== "document";
  const isFrameLoad = destination === "iframe" && sent.get("sec-fetch-mode") === "navigate";
  return [sessionCookieName(secure), ...(secure && (isOwnFetch || isFrameLoad) ? [frameCookieName] : [])];
}

export const restartCookieName = (secure: boolean) => prefixed("keepsake-restarted", secure);

/** A sign-in under way: its own cookies, named after it, so that two tabs do not disturb each other. */
export type FlowId = string;

const checks = ["state", "pkceCodeVerifier", "nonce", "callbackUrl"] as const;
const flowCookie = (check: (typeof checks)[number], flow: FlowId, secure: boolean) => prefixed(`keepsake-${check}-${flow}`, secure);

export const flowCookieNames = (flow: FlowId, secure: boolean) => checks.map((check) => flowCookie(check, flow, secure));
export const callbackUrlCookieName = (flow: FlowId, secure: boolean) => flowCookie("callbackUrl", flow, secure);
export const stateCookieName = (flow: FlowId, secure: boolean) => flowCookie("state", flow, secure);

/** The sign-ins under way that a browser has cookies of, oldest first. */
export function flowsAmong(cookieNames: Iterable<string>): FlowId[] {
  const flows = new Set<FlowId>();
  for (const name of cookieNames) {
    const flow = /^(?:__Host-)?keepsake-state-([0-9a-z]{8,24})$/.exec(name)?.[1];
    if (flow) flows.add(flow);
  }
  return [...flows].sort();
}

export const cookieAttributes = (secure: boolean) => ({ httpOnly: true, sameSite: "lax", path: "/", secure }) as const;

/** next-auth's cookie settings for one sign-in. */
export function cookieSettings(flow: FlowId, secure: boolean): NextAuthConfig["cookies"] {
  const options = cookieAttributes(secure);
  const named = (check: (typeof checks)[number]) => ({ name: flowCookie(check, flow, secure), options });
  return {
    sessionToken: { name: sessionCookieName(secure), options },
    state: named("state"),
    pkceCodeVerifier: named("pkceCodeVerifier"),
    nonce: named("nonce"),
    // The others end by themselves; this one would stay for as long as the browser is open.
    callbackUrl: { ...named("callbackUrl"), options: { ...options, maxAge: 900 } },
  };
}
