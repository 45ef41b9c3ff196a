import type { Removal } from "@/lib/gallery/leftovers";

export type SweepPlan = { soon(): void };

// On a mounted bucket a removal is believed only after it has outlived what the mount may have queued: twice its longest delay.
const soonMs = 90_000;
const laterMs = 6 * 3_600_000;

/**
 * Sweeps soon after it is asked for, and again until a sweep finds nothing; from then on a few times a day. What cannot be done is tried
 * again soon, and ever more rarely while nothing comes of it.
 */
export function planSweeps(sweep: () => Promise<Removal>): SweepPlan {
  let timer: NodeJS.Timeout | null = null;
  let at = 0;
  let wantedAt = 0;
  let retryMs = soonMs;

  // The next one is never put off. It is too early for what was removed last, for which another follows.
  const plan = (delayMs: number) => {
    const moment = Date.now() + delayMs;
    if (timer && at <= moment) {
      wantedAt = Math.max(wantedAt, moment);
      return;
    }
    clearTimeout(timer ?? undefined);
    at = moment;
    timer = setTimeout(() => void run(), delayMs).unref();
  };

  const run = async () => {
    const alsoWantedAt = wantedAt;
    [timer, wantedAt] = [null, 0];
    const { removed, left } = await sweep().catch((error: unknown) => {
      console.warn("sweep: it failed and will be tried again", error);
      return { removed: 0, left: 1 };
    });
    const isStuck = removed === 0 && left > 0;
    const next = isStuck ? retryMs : removed > 0 ? soonMs : laterMs;
    retryMs = isStuck ? Math.min(2 * retryMs, laterMs) : soonMs;
    if (alsoWantedAt > 0) plan(Math.max(0, alsoWantedAt - Date.now()));
    if (alsoWantedAt === 0 || removed > 0) plan(next);
  };

  return { soon: () => plan(soonMs) };
}
