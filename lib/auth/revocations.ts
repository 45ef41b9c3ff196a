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
/** Seconds for which the end of a series is remembered. Series are counted: none may be forgotten while later ones are alive. */
const longestSeries = 10 * 365 * 86_400;

const state = () => processWide("revocations", () => ({ record: null as RevocationRecord | null, revoked: new Map<string, number>() }));

/** From now on revocations are kept in, and looked up from, this record as well. */
export function keepRevocationsIn(record: RevocationRecord): void {
  state().record = record;
}

/**
 * Revokes a session at once; resolves when that will outlive a restart, or when storage has not taken it in time.
 * @param expiresAt when no copy of the session can be alive any more, in seconds since 1970
 */
export async function revoke(id: string, expiresAt: number): Promise<void> {
  const { revoked, record } = state();
  for (const [hash, end] of revoked) if (end < Date.now() / 1000) revoked.delete(hash);
  const hash = hashOf(id);
  revoked.set(hash, expiresAt);
  await withPatience(record?.add(hash, expiresAt)).catch((error: unknown) => {
    console.warn(
      `sessions: one that was signed out is remembered by this process only (${error instanceof Error ? error.message : error})`,
    );
  });
}

/** What a session can be revoked by: its own id, or the series of its person's sessions that it belongs to. */
type Revocable = { sid: string; sub: string; series: number; expiresAt: number };

/** Whether this process knows that a session was revoked, by itself or with its series. */
export function isKnownRevoked({ sid, sub, series }: Revocable): boolean {
  return isKnown(sid) || isKnown(seriesId(sub, series));
}

/** Looks a session up in the record too. While storage does not answer, what this process knows has to do. */
export async function isRevoked({ sid, sub, series, expiresAt }: Revocable): Promise<boolean> {
  const found = await Promise.all([isRecorded(sid, expiresAt), isRecorded(seriesId(sub, series), Date.now() / 1000 + longestSeries)]);
  return found.some(Boolean);
}

/** Ends the whole series: every session of this person that began before now, wherever it is. */
export function revokeSeries({ sub, series }: Revocable): Promise<void> {
  return revoke(seriesId(sub, series), Math.floor(Date.now() / 1000) + longestSeries);
}

/** The series that a new session of this person belongs to: the first that was not ended. */
export async function currentSeries(sub: string): Promise<number> {
  const hasEnded = (series: number) => isRecorded(seriesId(sub, series), Date.now() / 1000 + longestSeries);
  if (!(await hasEnded(0))) return 0;
  // They end one after the other: doubling finds one that has not, halving the first of those.
  let open = 1;
  while (await hasEnded(open)) open *= 2;
  let ended = Math.floor(open / 2);
  while (open - ended > 1) {
    const middle = Math.floor((open + ended) / 2);
    if (await hasEnded(middle)) ended = middle;
    else open = middle;
  }
  return open;
}

const seriesId = (sub: string, series: number) => `every session of ${sub}, series ${series}`;

function isKnown(id: string): boolean {
  return state().revoked.has(hashOf(id));
}

async function isRecorded(id: string, expiresAt: number): Promise<boolean> {
  if (isKnown(id)) return true;
  const { revoked, record } = state();
  const found = (await withPatience(record?.has(hashOf(id))).catch(() => false)) === true;
  if (found) revoked.set(hashOf(id), expiresAt);
  return found;
}

// Ids themselves stay out of storage: whoever reads the archive learns nothing about sessions.
function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
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
