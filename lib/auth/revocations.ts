import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { processWide } from "@/lib/process-wide";

/** Where revocations outlive this process. What stands behind it is handed in when the server starts: this folder knows no storage. */
export type RevocationRecord = {
  has(hash: string): Promise<boolean>;
  /** `expiresAt` in seconds since 1970: after it the entry may go. */
  add(hash: string, expiresAt: number): Promise<void>;
};

/** Storage that hangs must not hang every request. */
const patienceMs = 2000;

const state = () => processWide("revocations", () => ({ record: null as RevocationRecord | null, revoked: new Map<string, number>() }));

/** From now on revocations are kept in, and looked up from, this record as well. */
export function keepRevocationsIn(record: RevocationRecord): void {
  state().record = record;
}

/**
 * Revokes a session at once; resolves when that will outlive a restart, or when storage has not taken it in time.
 * @param expiresAt when no copy of the session can be alive any more, in seconds since 1970
 */
export async function revoke(sid: string, expiresAt: number): Promise<void> {
  const { revoked, record } = state();
  for (const [hash, end] of revoked) if (end < Date.now() / 1000) revoked.delete(hash);
  const hash = hashOf(sid);
  revoked.set(hash, expiresAt);
  await withPatience(record?.add(hash, expiresAt)).catch((error: unknown) => {
    console.warn(
      `sessions: one that was signed out is remembered by this process only (${error instanceof Error ? error.message : error})`,
    );
  });
}

/** Whether this process knows that a session was revoked. */
export function isKnownRevoked(sid: string): boolean {
  return state().revoked.has(hashOf(sid));
}

/** Looks a session up in the record too. While storage does not answer, what this process knows has to do. */
export async function isRevoked(sid: string, expiresAt: number): Promise<boolean> {
  if (isKnownRevoked(sid)) return true;
  const { revoked, record } = state();
  const found = (await withPatience(record?.has(hashOf(sid))).catch(() => false)) === true;
  if (found) revoked.set(hashOf(sid), expiresAt);
  return found;
}

// The id itself stays out of storage: whoever reads the archive learns nothing about sessions.
function hashOf(sid: string): string {
  return createHash("sha256").update(sid).digest("hex");
}

async function withPatience<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  const tired = new AbortController();
  const given = delay(patienceMs, undefined, { signal: tired.signal, ref: false }).then(() => {
    throw new Error("storage did not answer in time");
  });
  try {
    return await Promise.race([work, given]);
  } finally {
    given.catch(() => undefined);
    tired.abort();
  }
}
