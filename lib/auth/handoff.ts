/**
 * How a session gets from the tab where one signed in into the embedded frame that asked for it: the records, and nothing else.
 * The frame keeps a verifier and shows its SHA-256 as the challenge, as PKCE does (RFC 7636, 4.2); what the tab approves under the
 * challenge, the verifier claims, once. Kept in memory: a record holds a session.
 */
import { createHash } from "node:crypto";

/** Seconds from the click in the frame until it must have claimed. */
export const handoffSeconds = 300;

export type HandoffClaim<Grant> =
  | { state: "claimed"; grant: Grant }
  /** Nobody has signed in in the tab yet. */
  | { state: "open" }
  /** Too old, or claimed before. */
  | { state: "ended" }
  /** Never begun here, or by a process that is gone. */
  | { state: "unknown" };

export type Handoffs<Grant> = {
  /** Begins a handoff; the same challenge again changes nothing. False when it has ended already. */
  create(challenge: string): boolean;
  /** Whether a tab may still approve this one. */
  isOpen(challenge: string): boolean;
  /** Puts what the frame may claim under the challenge; until it is claimed, the last approval counts. False when nobody waits. */
  approve(challenge: string, grant: Grant): boolean;
  /** Takes what was approved; only the first claim gets it. */
  claim(verifier: string): HandoffClaim<Grant>;
};

type HandoffRecord<Grant> = { created: number; approved: { grant: Grant } | null };

/** Records of at most `most` handoffs; the oldest make room. `now` is in milliseconds. */
export function createHandoffs<Grant>({ now = Date.now, most = 10_000 } = {}): Handoffs<Grant> {
  const waiting = new Map<string, HandoffRecord<Grant>>();
  // Challenges whose time is over are remembered as long again, so that "too late" differs from "never heard of".
  const ended = new Map<string, number>();

  function end(challenge: string, time: number): void {
    waiting.delete(challenge);
    ended.set(challenge, time);
    const [oldest] = ended.keys();
    if (oldest !== undefined && ended.size > most) ended.delete(oldest);
  }

  /** Both maps are in order of time, so only what leaves is looked at. */
  function tidy(): void {
    const time = now();
    for (const [challenge, { created }] of waiting) {
      if (time - created <= handoffSeconds * 1000) break;
      end(challenge, time);
    }
    for (const [challenge, since] of ended) {
      if (time - since <= handoffSeconds * 1000) break;
      ended.delete(challenge);
    }
  }

  return {
    create(challenge) {
      tidy();
      if (ended.has(challenge)) return false;
      if (waiting.has(challenge)) return true;
      const [oldest] = waiting.keys();
      if (oldest !== undefined && waiting.size >= most) waiting.delete(oldest);
      waiting.set(challenge, { created: now(), approved: null });
      return true;
    },
    isOpen(challenge) {
      tidy();
      return waiting.has(challenge);
    },
    approve(challenge, grant) {
      tidy();
      const record = waiting.get(challenge);
      if (record) record.approved = { grant };
      return record !== undefined;
    },
    claim(verifier) {
      tidy();
      const challenge = challengeOf(verifier);
      const record = waiting.get(challenge);
      if (!record) return { state: ended.has(challenge) ? "ended" : "unknown" };
      if (!record.approved) return { state: "open" };
      end(challenge, now());
      return { state: "claimed", grant: record.approved.grant };
    },
  };
}

const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");
