import "server-only";
import { config } from "@/lib/config";
import { processWide } from "@/lib/process-wide";
import { personOf, type SessionClaims } from "./claims";
import type { Organization } from "./person";
import { providerTransport } from "./provider-transport";
import { organizationsIn, readUserinfo } from "./userinfo";

const lifetimeMs = 5 * 60_000;
const mostKept = 1000;

type Kept = { reading: Promise<Organization[]>; readAt: number };

/**
 * A person's organizations with everything that userinfo says about them, at most five minutes old. The session itself holds their
 * names and roles only; that is also what is given back while the provider does not answer.
 */
export async function organizationsOf(claims: SessionClaims): Promise<Organization[]> {
  const kept = processWide("organizations", () => new Map<string, Kept>());
  const known = kept.get(claims.sid);
  const isFresh = known && Date.now() - known.readAt < lifetimeMs;
  const reading = isFresh ? known.reading : read(claims);
  if (!isFresh) {
    kept.delete(claims.sid);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
    kept.set(claims.sid, { reading, readAt: Date.now() });
  }
  try {
    return await reading;
  } catch {
    kept.delete(claims.sid);
    return personOf(claims).organizations;
  }
}

async function read({ sub, accessToken }: SessionClaims): Promise<Organization[]> {
  const { oauth } = config();
  if (!oauth) return [];
  const userinfo = await readUserinfo(oauth.issuer, providerTransport(oauth), accessToken);
  // OpenID Connect Core 1.0, 5.3.4: another subject's answer is not to be used.
  if ((userinfo as { sub?: unknown }).sub !== sub) throw new Error("userinfo is about somebody else");
  return organizationsIn(userinfo);
}
