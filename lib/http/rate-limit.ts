import "server-only";
import type { NextRequest } from "next/server";
import { processWide } from "@/lib/process-wide";
import { Failure } from "./errors";

/**
 * How often one person, or one address where nobody is signed in yet, may do a thing: so many at once, then evenly over the time.
 * Far above what a hand does, and below what a script needs to be a nuisance.
 */
const allowances = {
  startSignIn: [{ times: 30, seconds: 60 }],
  finishSignIn: [{ times: 60, seconds: 60 }],
  // A frame that waits asks forty times in a minute; many may sit behind one address.
  claimHandoff: [{ times: 600, seconds: 60 }],
  generate: [
    { times: 60, seconds: 60 },
    { times: 1000, seconds: 86_400 },
  ],
  mark: [{ times: 300, seconds: 60 }],
  many: [{ times: 30, seconds: 60 }],
  // Reads or writes everything that a person has.
  takeAlong: [{ times: 20, seconds: 60 }],
  // What anybody may open who has a link: pages, and the pictures on them.
  sharedPage: [{ times: 120, seconds: 60 }],
  sharedImage: [{ times: 1200, seconds: 60 }],
  list: [{ times: 120, seconds: 60 }],
  // Scrolling through a large gallery shows a hundred thumbnails a second.
  image: [{ times: 3000, seconds: 60 }],
} as const satisfies Record<string, readonly Allowance[]>;

/** How many of one caller may be under way at the same time, where each may have to wait for the provider. */
const mostAtOnce: { readonly [what in Limited]?: number } = { startSignIn: 3 };

/** Everyone whose address is not known, together: enough for a crowd, and still an end. */
const crowd = 20;
/** Callers remembered; beyond it the one whose allowance was renewed longest ago is forgotten. */
const mostCallers = 20_000;

type Allowance = { times: number; seconds: number };

export type Limited = keyof typeof allowances;

/**
 * Takes one from the caller's allowance. Kept in memory only: a restart forgives, and each process counts for itself.
 * The generic cell rate algorithm: one number per caller, the moment at which the allowance is full again.
 * @param caller a person's id, or null for who is not known at all
 * @throws Failure `too_many_requests`, with the seconds after which to try again
 */
export function spend(what: Limited, caller: string | null, now = Date.now()): void {
  const fullAgain = processWide("rate-limits", () => new Map<string, number>());
  const due = allowances[what].map(({ times, seconds }, index) => {
    const period = seconds * 1000;
    const interval = period / (caller === null ? times * crowd : times);
    const key = `${what} ${index} ${caller ?? ""}`;
    const next = Math.max(fullAgain.get(key) ?? 0, now) + interval;
    return { key, next, wait: next - now - period };
  });
  const wait = Math.max(...due.map((entry) => entry.wait));
  if (wait > 0) throw new Failure("too_many_requests", { retryAfterSeconds: Math.ceil(wait / 1000) });
  for (const { key, next } of due) {
    // Renewed entries go to the end: the first of the map is the one that was renewed longest ago.
    fullAgain.delete(key);
    fullAgain.set(key, next);
  }
  for (const key of fullAgain.keys()) {
    if (fullAgain.size <= mostCallers) break;
    fullAgain.delete(key);
  }
}

/**
 * Does work that takes one from the caller's allowance, and a place among what the caller may have under way.
 * @throws Failure `too_many_requests`
 */
export async function limited<T>(what: Limited, caller: string | null, work: () => Promise<T>): Promise<T> {
  spend(what, caller);
  const underWay = processWide("under-way", () => new Map<string, number>());
  const key = `${what} ${caller ?? ""}`;
  const count = underWay.get(key) ?? 0;
  const most = mostAtOnce[what] ?? Number.POSITIVE_INFINITY;
  if (count >= (caller === null ? most * crowd : most)) throw new Failure("too_many_requests", { retryAfterSeconds: 2 });
  underWay.set(key, count + 1);
  try {
    return await work();
  } finally {
    const left = (underWay.get(key) ?? 1) - 1;
    if (left > 0) underWay.set(key, left);
    else underWay.delete(key);
  }
}

const ofPrivateNetworks =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe80)/i;

/**
 * The caller's address as far as it can be told: the last public one among those that proxies have noted, nearest last; null when
 * there is none. A caller without a proxy in front can write anything here: good enough to slow down, never to let in.
 */
export function addressOf(request: NextRequest): string | null {
  const noted = (request.headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim().replace(/^::ffff:/i, ""));
  return noted.findLast((entry) => /^[0-9a-f.:]{3,45}$/i.test(entry) && !ofPrivateNetworks.test(entry)) ?? null;
}
