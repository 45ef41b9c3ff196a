/** The archive and the catalog of this process, opened on first use with the folders of the settings. */
import "server-only";
import path from "node:path";
import { config } from "@/lib/config";
import { type Archive, archiveIn } from "@/lib/gallery/archive";
import { type Catalog, openCatalog } from "@/lib/gallery/catalog";
import { assumePlace, claimPlace, ForeignPlace } from "@/lib/gallery/marker";
import { notYetSaved } from "@/lib/gallery/not-yet-saved";
import type { Outbox } from "@/lib/gallery/outbox";
import type { Drain } from "@/lib/gallery/outbox/drain";
import { outboxOf } from "@/lib/gallery/outbox/opened";
import { throughOutbox } from "@/lib/gallery/outbox/through-outbox";
import { openPictureCache, type PictureCache } from "@/lib/gallery/picture-cache";
import { followArchive, type Replica } from "@/lib/gallery/replica";
import { explainToOwner } from "@/lib/gallery/storage-trouble";
import { openStore, places } from "@/lib/gallery/store";
import { probeStore, type StoreProbe } from "@/lib/gallery/store-probe";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

export type Library = {
  archive: Archive;
  catalog: Catalog;
  outbox: Outbox;
  drain: Drain;
  replica: Replica;
  probe: StoreProbe;
  thumbnails: PictureCache;
  /** JPEGs without words, as links show them. */
  bareJpegs: PictureCache;
};

const thumbnailBytes = 100 * 1024 ** 2;
const bareJpegBytes = 200 * 1024 ** 2;
const timeToFinishMs = 60_000;
/** A catalog that is up to date within this time is never seen incomplete. */
const quickMs = 1_000;

const kept = () => processWide("library", () => ({ opening: null as Promise<Library> | null }));

/**
 * Does work with the library. What storage refuses becomes a Failure that the person may read.
 * @throws Failure `storage_full`, `storage_unavailable`, and whatever the work throws
 */
export async function withLibrary<T>(work: (library: Library) => Promise<T>): Promise<T> {
  try {
    return await work(await openedLibrary());
  } catch (error) {
    if (isDatabaseError(error)) reopenLibrary();
    if (error instanceof StorageFailure && error.full) throw new Failure("storage_full", { cause: error });
    if (error instanceof StorageFailure || error instanceof ForeignPlace || isDatabaseError(error)) {
      throw new Failure("storage_unavailable", { cause: error });
    }
    throw error;
  }
}

/**
 * Waits until the catalog lacks nothing, or nothing that is worth waiting for, for at most so many milliseconds.
 * @throws Failure `storage_unavailable`
 */
export async function untilWhole({ replica }: Library, withinMs: number): Promise<void> {
  await replica.untilSettled(withinMs);
  if (!replica.isSettled()) throw new Failure("storage_unavailable", { cause: new Error("storage is still being read") });
}

/** Records in the catalog what the archive already holds. Should that fail, nothing is lost: the catalog is opened again and catches up. */
export function record(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.warn("catalog: could not be written to, and will be opened again", error);
    reopenLibrary();
  }
}

/** Lets the next use open everything anew, as a restart would. Whoever is still at work with the old library has time to finish. */
function reopenLibrary(): void {
  const { opening } = kept();
  kept().opening = null;
  const close = ({ catalog, replica, probe }: Library) => {
    replica.stop();
    probe.stop();
    setTimeout(() => catalog.close(), timeToFinishMs).unref();
  };
  // One that failed to open has closed its catalog itself.
  opening?.then(close, () => undefined);
}

/** The library, opened if need be; whoever asks lets the replica know that somebody looks. @throws StorageFailure, ForeignPlace */
export async function openedLibrary(): Promise<Library> {
  const library = await openOnce();
  library.replica.touch();
  return library;
}

function openOnce(): Promise<Library> {
  const state = kept();
  if (state.opening) return state.opening;
  const opening = openLibrary();
  state.opening = opening;
  // The next use tries again: a bucket may be attached, or a disk emptied, while the app runs.
  opening.catch(() => {
    if (state.opening === opening) state.opening = null;
  });
  return opening;
}

async function openLibrary(): Promise<Library> {
  const catalog = openCatalogIn(config().cacheDir);
  try {
    const store = await openStore();
    const { archive: id, outbox, drain } = outboxOf(await assumePlace(store, catalog.archive(), quickMs), store);
    const archive = archiveIn(throughOutbox(store, outbox, drain.wake), id);
    catalog.belongTo(archive.id);
    const makeSure = sureOf(store, id);
    const replica = followArchive(archive, catalog, { inBucket: config().s3 !== null, isWaiting: notYetSaved(outbox), makeSure });
    const onProblem = (problem: unknown) => console.error(`archive: ${explainToOwner(problem, places())}`);
    const probe = probeStore(store, { makeSure, onProblem });
    await replica.untilSettled(quickMs);
    const thumbnails = openPictureCache(path.join(config().cacheDir, "thumbnails"), "webp", thumbnailBytes);
    const bareJpegs = openPictureCache(path.join(config().cacheDir, "bare-jpegs"), "jpg", bareJpegBytes);
    return { archive, catalog, outbox, drain, replica, probe, thumbnails, bareJpegs };
  } catch (error) {
    catalog.close();
    throw error;
  }
}

// What was taken for the archive and turns out to be another place is refused as it would have been at the start.
function sureOf(store: ObjectStore, id: string): () => Promise<void> {
  let wasSure = false;
  return async () => {
    try {
      await claimPlace(store, id);
      wasSure = true;
    } catch (error) {
      if (!wasSure && error instanceof ForeignPlace) reopenLibrary();
      throw error;
    }
  };
}

function openCatalogIn(folder: string): Catalog {
  try {
    return openCatalog(folder);
  } catch (cause) {
    throw new StorageFailure(`the cache folder ${folder} cannot be used`, { cause, local: true });
  }
}

function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "ERR_SQLITE_ERROR";
}
