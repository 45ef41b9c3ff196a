/** Sessions that were opened before: a cookie is decrypted once in a process, not at every read. */
import "server-only";
import { createHash } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { processWide } from "@/lib/process-wide";
import { type SessionClaims, sessionSchema } from "./claims";
import { isKnownRevoked, isRevoked } from "./revocations";

type Opened = { claims: SessionClaims; checkedAt: number };

const mostKept = 5000;
/** Another replica may have revoked a session: the record is asked again after so long, beside the request. */
const recheckMs = 30_000;

const opened = () => processWide("opened-sessions", () => new Map<string, Opened>());

/**
 * The claims in a session cookie, or null when it was not sealed here, has ended, or was revoked.
 * @param salt the cookie's name
 */
export async function openSession(sealed: string, secret: string, salt: string): Promise<SessionClaims | null> {
  const key = createHash("sha256").update(`${salt}=${sealed}`).digest("base64");
  const known = opened().get(key);
  if (!known) return openAnew(key, sealed, secret, salt);
  opened().delete(key);
  if (hasEnded(known.claims) || isKnownRevoked(known.claims)) return null;
  // Put back as the one used last.
  opened().set(key, known);
  if (Date.now() - known.checkedAt > recheckMs) {
    known.checkedAt = Date.now();
    void isRevoked(known.claims).then((answer) => {
      // No answer does not last half a minute: the next read asks again.
      if (answer === null) known.checkedAt = 0;
    });
  }
  return known.claims;
}

/** A session cookie's value, for claims that were changed after signing in. It opens until the claims' own end. */
export function sealSession(claims: SessionClaims, secret: string, salt: string): Promise<string> {
  return encode({ token: claims, secret, salt, maxAge: Math.floor(claims.expiresAt - Date.now() / 1000) });
}

async function openAnew(key: string, sealed: string, secret: string, salt: string): Promise<SessionClaims | null> {
  // A damaged or foreign cookie is the same as none.
  const token = await decode({ token: sealed, secret, salt }).catch(() => null);
  const claims = sessionSchema.safeParse(token).data;
  if (!claims || hasEnded(claims)) return null;
  const revoked = await isRevoked(claims);
  if (revoked) return null;
  // Storage that is away locks nobody out; but what nobody could say is not remembered as a no.
  if (revoked === null) return claims;
  const [oldest] = opened().keys();
  if (oldest !== undefined && opened().size >= mostKept) opened().delete(oldest);
  opened().set(key, { claims, checkedAt: Date.now() });
  return claims;
}

function hasEnded({ expiresAt }: SessionClaims): boolean {
  return expiresAt <= Date.now() / 1000;
}
