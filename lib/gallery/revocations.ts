/** What the archive remembers of ended sessions, for whoever decides about sessions: hashes in, answers out. */
import "server-only";
import { withLibrary } from "@/lib/gallery/library";
import { processWide } from "@/lib/process-wide";

const sweepEveryMs = 3_600_000;

/** True when a session of this hash was signed out. @throws Failure `storage_unavailable` */
export function has(hash: string): Promise<boolean> {
  return withLibrary(({ archive }) => archive.revocations.has(hash));
}

/** Remembers it until `expiresAt`, seconds since 1970. @throws Failure `storage_full`, `storage_unavailable` */
export async function add(hash: string, expiresAt: number): Promise<void> {
  await withLibrary(({ archive }) => archive.revocations.add(hash, expiresAt));
  const swept = processWide("revocations-swept", () => ({ at: 0 }));
  if (Date.now() - swept.at < sweepEveryMs) return;
  swept.at = Date.now();
  // Nobody waits for it, and what fails now is done the next time.
  withLibrary(({ archive }) => archive.revocations.removeExpired()).catch(() => undefined);
}
