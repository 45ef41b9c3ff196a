import "server-only";
import NextAuth, { type NextAuthConfig } from "next-auth";
import { encode } from "next-auth/jwt";
import { type Config, config } from "@/lib/config";
import { admittedClaims } from "./admission";
import type { SessionClaims } from "./claims";
import { cookieSettings, type FlowId } from "./cookies";
import { huggingFace } from "./huggingface";
import { safeNextPath } from "./next-path";
import { providerTransport } from "./provider-transport";
import { currentSeries } from "./revocations";

/** All calls of one step of a sign-in together: a person sees an answer within 15 s, whatever the provider does. */
const stepDeadlineMs = 14_000;

/**
 * next-auth for one sign-in: with cookies of its own, and with its errors handed to `onError` instead of to a log that would
 * print tokens. Made per sign-in, because the names of its cookies are; that costs microseconds.
 */
export function nextAuthFor(oauth: NonNullable<Config["oauth"]>, flow: FlowId, scopes: string, onError: (error: Error) => void) {
  const { origin } = config();
  const secure = origin.startsWith("https:");
  const transport = providerTransport(oauth, stepDeadlineMs);
  const settings: NextAuthConfig = {
    providers: [huggingFace({ ...oauth, scopes, redirectUri: origin + oauth.callbackPath, transport })],
    secret: oauth.sessionSecret,
    trustHost: true,
    useSecureCookies: secure,
    cookies: cookieSettings(flow, secure),
    debug: false,
    logger: { error: onError, warn: () => undefined, debug: () => undefined },
    callbacks: {
      jwt: async ({ token, account, profile }) =>
        account ? { ...(await inCurrentSeries(admittedClaims(profile, account, scopes))) } : token,
      redirect: ({ url }) => new URL(safeNextPath(url.startsWith(`${origin}/`) ? url.slice(origin.length) : url), origin).href,
    },
    jwt: {
      // A session never outlives its access token.
      encode: (params) => encode({ ...params, maxAge: Number(params.token?.expiresAt) - Math.floor(Date.now() / 1000) }),
    },
  };
  return NextAuth(settings);
}

async function inCurrentSeries(claims: SessionClaims): Promise<SessionClaims> {
  return { ...claims, series: await currentSeries(claims.sub) };
}
