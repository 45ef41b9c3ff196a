/** Names and attributes of the cookies of signing in. Plain data: one place decides them. */
import type { NextAuthConfig } from "next-auth";

/** `__Host-`: only this host, only over https, the whole site (RFC 6265bis, 4.1.3.2). Plain http exists on loopback alone. */
const prefixed = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name);

// next-auth joins every cookie whose name begins with the session cookie's: no other cookie may.
export const sessionCookieName = (secure: boolean) => prefixed("keepsake-session", secure);

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
    callbackUrl: named("callbackUrl"),
  };
}
