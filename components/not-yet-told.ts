/** The server may have read so long before its answer is here, in ms: a slow network, and a page that comes to life. */
const tellingMs = 30_000;

/** Of changes made here at a time, those that may be missing in what comes from the server at another; both in ms since the epoch. */
export function notYetTold<T extends { at: number }>(changes: readonly T[], now: number): readonly T[] {
  return changes.filter(({ at }) => at > now - tellingMs);
}
