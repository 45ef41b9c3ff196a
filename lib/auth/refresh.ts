/**
 * Keeps a session going beyond its access token, when the provider gave a refresh token. The token rotates: it is good for one use,
 * so requests of one session that come together share one refresh, and those that come later with the old cookie get its outcome.
 */
import "server-only";
import { type Config, config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import { admittedClaims } from "./admission";
import { endingInFrame, latestEnd, type SessionClaims, withNewTokens } from "./claims";
import { acceptedSessionCookies, cookieAttributes, frameCookieAttributes, frameCookieName } from "./cookies";
import { openSession, sealSession } from "./opened-sessions";
import { providerTransport } from "./provider-transport";
import { revoke } from "./revocations";
import { refreshTokens } from "./token-endpoint";
import { readUserinfo } from "./userinfo";

type OAuth = NonNullable<Config["oauth"]>;

/** What became of a session: what its cookie holds from now on, or that it has ended. Null: all as it was. */
type Renewal = { kind: "renewed"; sealed: string; claims: SessionClaims } | { kind: "ended" } | null;

const dueSeconds = 300;
/** After an attempt, whatever came of it, so long nothing is asked again. */
const pauseMs = 20_000;
/** A page waits for a refresh: all its calls together end after this. */
const refreshDeadlineMs = 8000;
const mostKept = 5000;

type Kept = { outcome: Promise<Renewal>; begunAt: number };

const attempts = () => processWide("session-refreshes", () => new Map<string, Kept>());

type Cookies = { get(name: string): { value: string } | undefined };

/**
 * The session cookie to set in an answer, when the one that the request uses (the tab's or the frame's) is due and was refreshed, or
 * to take away (an empty one) when the provider ended the session. Never throws: while the provider is away, a session lives on
 * until its time.
 */
export async function renewedCookie(cookies: Cookies, sent: Pick<Headers, "get">) {
  const { oauth, origin } = config();
  const secure = origin.startsWith("https:");
  for (const name of oauth ? acceptedSessionCookies(sent, secure) : []) {
    const sealed = cookies.get(name)?.value;
    const claims = oauth && sealed ? await openSession(sealed, oauth.sessionSecret, name) : null;
    if (!oauth || !claims) continue;
    if (!claims.refreshToken || claims.expiresAt - Date.now() / 1000 > dueSeconds) return null;
    const renewal = await renewOnce(oauth, claims, name);
    if (!renewal) return null;
    const attributes = name === frameCookieName ? frameCookieAttributes : cookieAttributes(secure);
    if (renewal.kind === "ended") return { name, value: "", ...attributes, maxAge: 0 };
    return { name, value: renewal.sealed, ...attributes, maxAge: Math.floor(renewal.claims.expiresAt - Date.now() / 1000) };
  }
  return null;
}

async function renewOnce(oauth: OAuth, claims: SessionClaims, cookieName: string): Promise<Renewal> {
  const known = attempts().get(claims.sid);
  if (known) {
    const outcome = await known.outcome;
    if (outcome?.kind === "ended" || (outcome && isNewer(outcome.claims, claims))) return outcome;
    if (Date.now() - known.begunAt < pauseMs) return null;
  }
  // Somebody who waited for the same outcome may have begun the next attempt already.
  const current = attempts().get(claims.sid);
  if (current && current !== known) return current.outcome;
  const attempt = { outcome: refresh(oauth, claims, cookieName), begunAt: Date.now() };
  keep(claims.sid, attempt);
  return attempt.outcome;
}

async function refresh(oauth: OAuth, claims: SessionClaims, cookieName: string): Promise<Renewal> {
  try {
    const fresh = await refreshedClaims(oauth, claims);
    const renewed = cookieName === frameCookieName ? endingInFrame(fresh) : fresh;
    return { kind: "renewed", sealed: await sealSession(renewed, oauth.sessionSecret, cookieName), claims: renewed };
  } catch (error) {
    const code = error instanceof Failure ? error.code : null;
    if (code !== "signed_out" && code !== "organization_required") return null;
    await revoke(claims.sid, latestEnd(claims));
    return { kind: "ended" };
  }
}

/**
 * The claims with new tokens, and with what userinfo says now. The refresh token is spent once the new ones are here, so they are
 * kept whatever userinfo does, short of a refusal: without an answer the person is who they were.
 * @throws Failure `signed_out`, `organization_required`, `provider_unreachable`, `provider_nonsense`
 */
async function refreshedClaims(oauth: OAuth, claims: SessionClaims): Promise<SessionClaims> {
  const transport = providerTransport(oauth, refreshDeadlineMs);
  const answer = await refreshTokens({ ...oauth, transport }, claims.refreshToken ?? "");
  // Without a new refresh token the old one stays good (RFC 6749, 6).
  const tokens = { refresh_token: claims.refreshToken, ...answer };
  const kept = withNewTokens(claims, tokens);
  const userinfo = await readUserinfo(oauth.issuer, transport, kept.accessToken).catch((error: unknown) => {
    if (error instanceof Failure && error.code === "signed_out") throw error;
    return { error };
  });
  const { sub, error } = userinfo as { sub?: unknown; error?: unknown };
  if (typeof sub !== "string") {
    console.warn(
      `sessions: one was renewed without knowing who the person is now (${error instanceof Error ? error.message : "nobody named"})`,
    );
    return kept;
  }
  if (sub !== claims.sub) throw new Failure("signed_out", { cause: new Error("the refreshed token is another person's") });
  return { ...admittedClaims(userinfo, tokens, claims.scope), sid: claims.sid, series: claims.series };
}

function isNewer(one: SessionClaims, other: SessionClaims): boolean {
  return one.accessToken !== other.accessToken && one.expiresAt >= other.expiresAt;
}

function keep(sid: string, attempt: Kept): void {
  const kept = attempts();
  kept.delete(sid);
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
  kept.set(sid, attempt);
}
