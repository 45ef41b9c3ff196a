/**
 * When a snapshot takes the place of those before it. In a process they are taken in turn: each is followed by a note of how much has
 * changed while it was written, and two at once would count that wrongly, so that the words of what was erased stayed in one for good.
 */
import type { Catalog } from "@/lib/gallery/catalog";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import type { IsWaiting } from "@/lib/gallery/not-yet-saved";
import type { Snapshots } from "@/lib/gallery/snapshot";

/** The snapshots of an archive, and what the next of them is taken of. */
type Source = { snapshots: Snapshots; catalog: Catalog; isWaiting?: IsWaiting | undefined };

const daily = 24 * 3_600_000;
const changesPerSnapshot = 500;

/** Takes one after many changes, or any in the day since the last one or `startedAt`; times in ms since 1970. @throws StorageFailure */
export function takeSnapshotIfDue(source: Source, { now, startedAt }: { now: number; startedAt: number }): Promise<void> {
  const { snapshots, catalog } = source;
  return inSnapshotTurn(async () => {
    const { changes, snapshotAt } = catalog.progress();
    const isMuch = changes >= Math.max(changesPerSnapshot, catalog.count().items / 50);
    if (!isMuch && !(changes > 0 && now - (snapshotAt ?? startedAt) > daily)) return;
    const newest = (await snapshots.taken())[0] ?? 0;
    // Another replica has taken one: it holds nearly all of this, and perhaps what was erased meanwhile, so that one more is due in a day.
    if (newest > (snapshotAt ?? 0)) catalog.snapshotTaken(newest, 1);
    else await takeNewer(source, now, newest);
  });
}

/**
 * Takes one at `now`, in ms since 1970, if there are any, and removes these; resolves with how many of them are left.
 * @throws StorageFailure
 */
export function replaceSnapshots(source: Source, now: number): Promise<number> {
  return inSnapshotTurn(async () => {
    const [newest] = await source.snapshots.taken();
    return newest === undefined ? 0 : takeNewer(source, now, newest);
  });
}

const inSnapshotTurn = <T>(work: () => Promise<T>) => inTurn(itemTurns(), "snapshots", work);

async function takeNewer({ snapshots, catalog, isWaiting }: Source, now: number, newest: number): Promise<number> {
  const at = Math.max(now, newest + 1);
  const { changes } = catalog.progress();
  await snapshots.take(catalog, at, isWaiting);
  try {
    catalog.snapshotTaken(at, catalog.progress().changes - changes);
  } catch (error) {
    // It is there all the same, and will be met as another replica's.
    console.warn("archive: a snapshot could not be noted", error);
  }
  return snapshots.removeOld();
}
