/**
 * What a session holds: the claims of userinfo and the token response, typed and cut to size at the border.
 * Nothing the provider sends goes further than this file without having been looked at.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Failure } from "@/lib/http/errors";
import type { Organization, Person } from "./person";

/** Organizations as `[username, name, role]`: a session is one cookie, and a cookie has 4,096 bytes. */
const organizationSchema = z.tuple([z.string(), z.string(), z.enum(["admin", "write", "contributor", "read"]).nullable()]);

export const sessionSchema = z.object({
  /** The session's own id: 128 random bits. Signing out revokes it. */
  sid: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  /** Which of the person's series of sessions this belongs to: signing out everywhere ends a whole series. */
  series: z.number().int().nonnegative().default(0),
  /** The provider's `sub`. */
  sub: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  username: z.string(),
  name: z.string(),
  picture: z.string().nullable(),
  profile: z.string().nullable(),
  website: z.string().nullable(),
  email: z.string().nullable(),
  emailVerified: z.boolean().nullable(),
  canPay: z.boolean().nullable(),
  isPro: z.boolean(),
  orgs: z.array(organizationSchema),
  scope: z.string(),
  /** The rule of entry that the person met, see `admissionRule`. */
  admittedUnder: z.string(),
  accessToken: z.string(),
  /** Good for one use; null when the provider gave none. */
  refreshToken: z.string().nullable(),
  /** When the access token, and with it the session, ends: seconds since 1970. */
  expiresAt: z.number(),
});

export type SessionClaims = z.output<typeof sessionSchema>;

/** A longest text is cut by code points; anything that is not text counts as absent. */
const text = (longest: number) =>
  z
    .string()
    .transform((value) => [...value].slice(0, longest).join(""))
    .nullable()
    .catch(null);
/** An address that is too long, or none, counts as absent: half an address leads nowhere. */
const address = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => /^https?:/.test(value) && URL.canParse(value))
    .nullable()
    .catch(null);
const role = z.enum(["admin", "write", "contributor", "read"]).nullable().catch(null);

const userinfoSchema = z.object({
  sub: sessionSchema.shape.sub,
  preferred_username: text(96),
  name: text(120),
  picture: address(300),
  profile: address(200),
  website: address(200),
  email: z.email().max(120).nullable().catch(null),
  email_verified: z.boolean().nullable().catch(null),
  canPay: z.boolean().nullable().catch(null),
  isPro: z.boolean().catch(false),
  orgs: z.array(z.object({ preferred_username: text(96), name: text(60), roleInOrg: role })).catch([]),
});

/** Seconds; Hugging Face allows 30 days. */
const longestLifetime = 31 * 86_400;

const tokenSchema = z.object({
  access_token: z.string().min(1).max(2048),
  // A longer one would not fit the cookie: the session then ends with its access token.
  refresh_token: z.string().min(1).max(512).nullable().catch(null).default(null),
  scope: z.string().max(500).optional(),
  expires_in: z.coerce.number().positive().max(longestLifetime),
});

/** 128 random bits. */
export const newSessionId = () => randomBytes(16).toString("base64url");

/** Without a lifetime in the token response a session ends after this many seconds. */
const fallbackLifetime = 3600;
/** Bytes of JSON that still make one cookie: next-auth splits a sealed value of more than 3,936 characters into several. */
const largestSession = 2600;

/**
 * The claims of a new session.
 * @param userinfo the answer of the userinfo endpoint, its `sub` already compared with the ID token's
 * @param tokens the token response
 * @param requestedScope what was asked for: the granted scope when the response names none (RFC 6749, 5.1)
 * @throws Failure `provider_nonsense` when there is no usable `sub` or access token
 */
export function claimsFrom(userinfo: unknown, tokens: unknown, requestedScope: string, admittedUnder = ""): SessionClaims {
  const person = userinfoSchema.safeParse(userinfo);
  if (!person.success) throw new Failure("provider_nonsense", { cause: new Error("userinfo has no usable sub") });
  const { sub, preferred_username, name, picture, profile, website, email, email_verified, isPro, canPay, orgs } = person.data;
  const username = preferred_username || name || sub;
  return fitted({
    sid: newSessionId(),
    series: 0,
    sub,
    username,
    name: name || username,
    picture,
    profile,
    website,
    email,
    emailVerified: email_verified,
    isPro,
    canPay,
    orgs: orgs
      .flatMap((org) => (org.preferred_username ? [[org.preferred_username, org.name ?? "", org.roleInOrg] as const] : []))
      .map((org) => [...org]),
    admittedUnder,
    ...tokenClaims(tokens, requestedScope),
  });
}

/**
 * The claims of a session whose tokens are new while nothing new is known about its person; `tokens` as those of `claimsFrom`.
 * @throws Failure `provider_nonsense` when there is no usable access token
 */
export function withNewTokens(claims: SessionClaims, tokens: unknown): SessionClaims {
  return fitted({ ...claims, ...tokenClaims(tokens, claims.scope) });
}

function tokenClaims(tokens: unknown, requestedScope: string) {
  const token = tokenSchema.safeParse({ expires_in: fallbackLifetime, ...(tokens as object) });
  if (!token.success) throw new Failure("provider_nonsense", { cause: new Error("the token response has no usable access token") });
  return {
    scope: token.data.scope ?? requestedScope,
    accessToken: token.data.access_token,
    refreshToken: token.data.refresh_token,
    expiresAt: Math.floor(Date.now() / 1000 + token.data.expires_in),
  };
}

/** A session in a frame lasts a working day at a time. */
const longestFrameSession = 8 * 3600;

/** The claims as a frame may have them: ending within a working day, though the access token may live longer. */
export function endingInFrame(claims: SessionClaims): SessionClaims {
  return { ...claims, expiresAt: Math.min(claims.expiresAt, Math.floor(Date.now() / 1000) + longestFrameSession) };
}

/** When the last cookie of a session can have ended, in seconds since 1970: a refresh may have made one that ends later than this. */
export function latestEnd({ expiresAt, refreshToken }: SessionClaims): number {
  return refreshToken === null ? expiresAt : expiresAt + longestLifetime;
}

/**
 * Cut to one cookie, by what is missed least: the organizations' long names, the last organizations, links, the long name, and at
 * last the refresh token, without which the session ends with its access token.
 */
function fitted(claims: SessionClaims): SessionClaims {
  const fits = (candidate: SessionClaims) => Buffer.byteLength(JSON.stringify(candidate)) <= largestSession;
  let cut = claims;
  if (!fits(cut)) cut = { ...cut, orgs: cut.orgs.map(([username, , orgRole]) => [username, "", orgRole]) };
  while (cut.orgs.length > 0 && !fits(cut)) cut = { ...cut, orgs: cut.orgs.slice(0, -1) };
  for (const field of ["website", "profile", "picture", "email"] as const) if (!fits(cut)) cut = { ...cut, [field]: null };
  if (!fits(cut)) cut = { ...cut, name: cut.username };
  if (!fits(cut)) cut = { ...cut, refreshToken: null };
  if (!fits(cut)) throw new Failure("provider_nonsense", { cause: new Error("the access token does not fit a cookie") });
  return cut;
}

const unread = { id: null, pictureUrl: null, plan: null, isEnterprise: null, canPay: null, securityRestrictions: null };

/** The person of a session as pages and `/api/me` may know them: everything but the token. */
export function personOf(claims: SessionClaims): Person {
  return {
    id: claims.sub,
    username: claims.username,
    name: claims.name,
    // Served by ourselves: pages load nothing from elsewhere.
    avatarUrl: claims.picture && "/api/me/avatar",
    profileUrl: claims.profile,
    websiteUrl: claims.website,
    email: claims.email,
    emailVerified: claims.emailVerified,
    isPro: claims.isPro,
    canPay: claims.canPay,
    organizations: claims.orgs.map(
      ([username, name, orgRole]): Organization => ({ ...unread, username, name: name || username, role: orgRole }),
    ),
    scopes: claims.scope.split(" ").filter(Boolean),
    expiresAt: new Date(claims.expiresAt * 1000).toISOString(),
  };
}
