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

/** Storage that hangs must not hang every request: while it is known to, requests hardly wait for it. */
const patienceMs = 2000;
const shortPatienceMs = 100;
/** A question that got no answer for so long is put again. */
const lostMs = 15_000;
/** Seconds for which the end of a series is remembered. Series are counted: none may be forgotten while later ones are alive. */
const longestSeries = 10 * 365 * 86_400;

type State = {
  record: RevocationRecord | null;
  /** Ends of revocations, by hash. */
  revoked: Map<string, number>;
  /** Questions to the record that it has not answered yet, by hash. */
  asked: Map<string, Promise<boolean>>;
  /** The last question was answered with a failure, or not in time. */
  isSilent: boolean;
};

const state = () => processWide("revocations", (): State => ({ record: null, revoked: new Map(), asked: new Map(), isSilent: false }));

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
  if (!record) return;
  await withPatience(record.add(hash, expiresAt), patienceMs).catch((error: unknown) => {
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

/** Looks a session up in the record too. Null while storage does not answer: then nobody knows, and it has to be asked again. */
export async function isRevoked({ sid, sub, series, expiresAt }: Revocable): Promise<boolean | null> {
  const found = await Promise.all([isRecorded(sid, expiresAt), isRecorded(seriesId(sub, series), Date.now() / 1000 + longestSeries)]);
  if (found.includes(true)) return true;
  return found.includes(null) ? null : false;
}

/** Ends the whole series: every session of this person that began before now, wherever it is. */
export function revokeSeries({ sub, series }: Revocable): Promise<void> {
  return revoke(seriesId(sub, series), Math.floor(Date.now() / 1000) + longestSeries);
}

/** The series that a new session of this person belongs to: the first that was not ended. */
export async function currentSeries(sub: string): Promise<number> {
  // While storage does not answer, what this process knows has to do.
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

/** Null while the record does not answer. */
async function isRecorded(id: string, expiresAt: number): Promise<boolean | null> {
  if (isKnown(id)) return true;
  const { record, asked, isSilent } = state();
  if (!record) return false;
  const hash = hashOf(id);
  // Requests that come while it thinks wait for the same answer, which counts also when they have given up.
  const answer = asked.get(hash) ?? ask(record, hash, expiresAt);
  return withPatience(answer, isSilent ? shortPatienceMs : patienceMs).catch(() => {
    state().isSilent = true;
    return null;
  });
}

function ask(record: RevocationRecord, hash: string, expiresAt: number): Promise<boolean> {
  const kept = state();
  const answer = withPatience(record.has(hash), lostMs)
    .then((found) => {
      kept.isSilent = false;
      if (found) kept.revoked.set(hash, expiresAt);
      return found;
    })
    .finally(() => kept.asked.delete(hash));
  kept.asked.set(hash, answer);
  return answer;
}

// Ids themselves stay out of storage: whoever reads the archive learns nothing about sessions.
function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

async function withPatience<T>(work: Promise<T>, forMs: number): Promise<T> {
  const tired = new AbortController();
  const given = delay(forMs, undefined, { signal: tired.signal, ref: false }).then(() => {
    throw new Error("storage did not answer in time");
  });
  try {
    return await Promise.race([work, given]);
  } finally {
    given.catch(() => undefined);
    tired.abort();
  }
}
