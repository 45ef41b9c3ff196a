import { setTimeout as delay } from "node:timers/promises";

/** How often one thing is asked for, when asking again may help. */
export const attempts = 3;

const longestPauseMs = 4000;
const longestWishedMs = 20_000;

/** Waits longer at every attempt, never evenly, and as long as the service wishes within reason. @throws the signal's reason */
export async function pause(
  { signal, pauseMs }: { signal: AbortSignal; pauseMs: number },
  attempt: number,
  wishedSeconds = 0,
): Promise<void> {
  const grown = pauseMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  const wished = Math.min(wishedSeconds * 1000, longestWishedMs);
  await delay(Math.max(Math.min(grown, longestPauseMs), wished), undefined, { signal });
}
