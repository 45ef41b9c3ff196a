/**
 * This process as one of any number of replicas of an archive: each keeps a catalog of its own and follows what the others publish, by
 * listing. There is no leader and no lock, since everything in an archive is immutable: what was erased stays erased, the newest mark
 * counts, and the rest is a union.
 */
import type { Archive } from "@/lib/gallery/archive";
import type { Catalog } from "@/lib/gallery/catalog";
import { type CaughtUp, catchUp } from "@/lib/gallery/catch-up";
import { takeSnapshotIfDue } from "@/lib/gallery/newer-snapshot";
import type { IsWaiting } from "@/lib/gallery/not-yet-saved";

/** What the catalog could not take in: `damaged` objects are looked at again ever more rarely, `unreadable` ones every time. */
export type LeftOut = { damaged: number; unreadable: number };

export type Replica = {
  /** Resolves once the archive has been read to its end, or after so many milliseconds, with whether it has. */
  untilScanned(withinMs: number): Promise<boolean>;
  /** Resolves when nothing more is worth waiting for, see `isSettled`, or after so many milliseconds. */
  untilSettled(withinMs?: number): Promise<void>;
  /** False while something may still be missing from the catalog, or from what it knows about an item. */
  isComplete(): boolean;
  /** True when it is complete, and when it lacks no more than a few things, each of which has been unreadable for ten minutes. */
  isSettled(): boolean;
  /** Whether the last scan could not read what is there of an id. */
  isUnreadable(id: string): boolean;
  leftOut(): LeftOut;
  /** For the owner: why the archive is no longer followed in every respect, in a sentence; null when all is well. */
  alarm(): string | null;
  /** Why it could not be followed the last time; null when it could. */
  problem(): unknown;
  /** Hides an item whose image is missing or not what was made, until it verifies again. */
  doubt(id: string): void;
  /** Tells that somebody looks: an idle replica catches up at once, and goes on as a busy one. */
  touch(): void;
  /** One catching up, now; those that are asked for meanwhile are one. @throws StorageFailure */
  catchUp(): Promise<void>;
  stop(): void;
};

type Settings = {
  /** Whether it lies in a bucket, where listing is quick and costs by the question, or in a folder, perhaps a mounted one. */
  inBucket: boolean;
  /** Tells what is not saved yet, and therefore no part of a snapshot. */
  isWaiting?: IsWaiting;
  /** Throws unless the archive is there, and no other: asked before anything is read, since what is mounted may change. */
  makeSure?: () => Promise<void>;
  now?: () => number;
};

const everyMs = { bucket: 3_000, folder: 45_000 } as const;
const idleAfterMs = 60_000;
const idleEveryMs = 60_000;
/** Listing takes at most this share of the time, however large the archive. */
const restsPerScan = 4;
/** What could not be read for so long may never be, and does not hold up the rest, as long as it is little. */
const settledAfterMs = 10 * 60_000;

/** A scan may hide so much and no more: what is missing in larger numbers is more likely to be there still. */
const mostHidden = { items: 10, share: 0.01 } as const;

/** Begins to follow an archive. */
export function followArchive(archive: Archive, catalog: Catalog, settings: Settings): Replica {
  const { inBucket, isWaiting, makeSure, now = Date.now } = settings;
  const state = { hasScanned: false, alarm: null as string | null };
  // Of which ids not all could be read by the last scan, and since when, in ms since 1970.
  let unreadable: ReadonlyMap<string, number> = new Map();
  let problem: unknown = null;
  let touchedAt = now();
  let isStopped = false;
  const scanned = Promise.withResolvers<true>();
  let settled = Promise.withResolvers<void>();
  let wasSettled = false;
  let absentBefore = new Set<string>();
  let running: Promise<void> | null = null;
  let wake = () => {};
  const startedAt = now();

  const alarm = (message: string | null) => {
    if (message !== null && state.alarm !== message) console.error(`archive: ${message}`);
    state.alarm = message;
  };

  // Hidden is only what two scans in a row did not find: a mounted bucket may leave out for a while what was just published.
  const hideAbsent = ({ absent }: CaughtUp) => {
    const twice = absent.filter((id) => absentBefore.has(id));
    absentBefore = new Set(absent);
    const { items } = catalog.count();
    const isTooMuch = absent.length > mostHidden.items || absent.length > items * mostHidden.share;
    if (absent.length > 0 && isTooMuch)
      alarm(
        `${absent.length} of ${items} pictures that were here before are missing in storage. They are still listed; look at the storage.`,
      );
    else alarm(null);
    if (isTooMuch || twice.length === 0) return;
    console.warn(`archive: ${twice.length} pictures are missing in storage and hidden until they are back`);
    catalog.quarantine(twice, now());
  };

  const isSettled = () => {
    const { size } = unreadable;
    if (!state.hasScanned || size === 0) return state.hasScanned;
    const isLittle = size <= mostHidden.items && size < catalog.count().items;
    return isLittle && now() - Math.max(...unreadable.values()) >= settledAfterMs;
  };

  const once = async () => {
    await makeSure?.();
    const caughtUp = await catchUp(archive, catalog, { isFirst: !state.hasScanned, inBucket, now: now() });
    hideAbsent(caughtUp);
    unreadable = new Map(Array.from(caughtUp.unreadable, (id) => [id, unreadable.get(id) ?? now()]));
    state.hasScanned = true;
    scanned.resolve(true);
    if (isSettled()) settled.resolve();
    else if (wasSettled) settled = Promise.withResolvers();
    wasSettled = isSettled();
    await takeSnapshotIfDue({ snapshots: archive.snapshots, catalog, isWaiting }, { now: now(), startedAt }).catch((error: unknown) =>
      console.warn("archive: no snapshot could be taken", error),
    );
  };
  const catchUpNow = () => {
    running ??= once()
      .then(
        () => {
          problem = null;
        },
        (error: unknown) => {
          problem = error;
          throw error;
        },
      )
      .finally(() => {
        running = null;
      });
    return running;
  };

  const follow = async () => {
    while (!isStopped) {
      const started = performance.now();
      await catchUpNow().catch((error: unknown) => {
        if (!isStopped) console.warn("archive: catching up failed and will be tried again", error);
      });
      const isIdle = now() - touchedAt > idleAfterMs;
      const usual = isSettled() && isIdle ? idleEveryMs : everyMs[inBucket || !isSettled() ? "bucket" : "folder"];
      const restMs = Math.max(usual, restsPerScan * (performance.now() - started));
      await Promise.race([
        after(restMs),
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
      ]);
    }
  };
  void follow();

  return {
    untilScanned: (withinMs) => Promise.race([scanned.promise, after(withinMs).then(() => false)]),
    untilSettled: (withinMs) => (withinMs === undefined ? settled.promise : Promise.race([settled.promise, after(withinMs)])),
    isComplete: () => state.hasScanned && unreadable.size === 0,
    isSettled,
    isUnreadable: (id) => unreadable.has(id),
    leftOut: () => ({ damaged: catalog.count().quarantined, unreadable: unreadable.size }),
    alarm: () => state.alarm,
    problem: () => problem,
    doubt(id) {
      if (catalog.count().quarantined < mostHidden.items) catalog.quarantine([id], now());
    },
    touch() {
      const wasIdle = now() - touchedAt > idleAfterMs;
      touchedAt = now();
      if (wasIdle) wake();
    },
    catchUp: catchUpNow,
    stop() {
      isStopped = true;
      wake();
    },
  };
}

// Nobody's reason to stay running.
function after(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
