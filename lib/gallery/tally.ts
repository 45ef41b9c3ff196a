/** How far the marks of an item are known, or the edits of a document: how many, and the newest in milliseconds since 1970 (0 for none). */
export type Tally = { count: number; newest: number };

/** What stamps amount to that are listed. */
export function tallyOf(stamps: readonly string[]): Tally {
  const newest = stamps.reduce((latest, stamp) => Math.max(latest, Number.parseInt(stamp, 10)), 0);
  return { count: stamps.length, newest };
}

/** Whether one is as far as the other, or farther. Of as many marks the newer ones count: they are not the same. */
export function isAsFar(one: Tally, other: Tally): boolean {
  return one.count === other.count ? one.newest >= other.newest : one.count > other.count;
}
