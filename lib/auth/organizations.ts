import "server-only";
import { config } from "@/lib/config";
import { processWide } from "@/lib/process-wide";
import { personOf, type SessionClaims } from "./claims";
import type { Organization } from "./person";
import { providerTransport } from "./provider-transport";
import { organizationsIn, readUserinfo } from "./userinfo";

const lifetimeMs = 5 * 60_000;
/** A provider that did not answer is left alone for so long. */
const pauseMs = 30_000;
/** A page waits for it, and has names and roles to show without. */
const deadlineMs = 3000;
const mostKept = 1000;

/** Null: the provider did not answer. `until` is in milliseconds since 1970. */
type Kept = { reading: Promise<Organization[] | null>; until: number };

/**
 * A person's organizations with everything that userinfo says about them, at most five minutes old. The session itself holds their
 * names and roles only; that is also what is given back while the provider does not answer.
 */
export async function organizationsOf(claims: SessionClaims): Promise<Organization[]> {
  const kept = processWide("organizations", () => new Map<string, Kept>());
  let known = kept.get(claims.sid);
  if (!known || known.until < Date.now()) {
    kept.delete(claims.sid);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
    known = { reading: read(claims).catch(() => null), until: Date.now() + lifetimeMs };
    kept.set(claims.sid, known);
  }
  const organizations = await known.reading;
  if (organizations) return organizations;
  known.until = Math.min(known.until, Date.now() + pauseMs);
  return personOf(claims).organizations;
}

async function read({ sub, accessToken }: SessionClaims): Promise<Organization[]> {
  const { oauth } = config();
  if (!oauth) return [];
  const userinfo = await readUserinfo(oauth.issuer, providerTransport(oauth, deadlineMs), accessToken);
  // OpenID Connect Core 1.0, 5.3.4: another subject's answer is not to be used.
  if ((userinfo as { sub?: unknown }).sub !== sub) throw new Error("userinfo is about somebody else");
  return organizationsIn(userinfo);
}
