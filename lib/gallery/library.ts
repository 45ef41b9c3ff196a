/** The archive and the catalog of this process, opened on first use with the folders of the settings. */
import "server-only";
import path from "node:path";
import { config } from "@/lib/config";
import { type Archive, archiveIn } from "@/lib/gallery/archive";
import { type Catalog, openCatalog } from "@/lib/gallery/catalog";
import type { LeftOut } from "@/lib/gallery/catch-up";
import { itemPrefix, tombstoneName } from "@/lib/gallery/layout";
import { assumePlace, claimPlace, ForeignPlace } from "@/lib/gallery/marker";
import type { Outbox } from "@/lib/gallery/outbox";
import type { Drain } from "@/lib/gallery/outbox/drain";
import { outboxOf } from "@/lib/gallery/outbox/opened";
import { throughOutbox } from "@/lib/gallery/outbox/through-outbox";
import { followArchive, type Replica } from "@/lib/gallery/replica";
import { explainToEveryone, explainToOwner } from "@/lib/gallery/storage-trouble";
import { openStore, placeOfStore } from "@/lib/gallery/store";
import { probeStore, type StoreProbe } from "@/lib/gallery/store-probe";
import { openThumbnailCache, type ThumbnailCache } from "@/lib/gallery/thumbnail-cache";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import { StorageFailure } from "@/lib/storage/object-store";
import { volumeFiles } from "@/lib/storage/volume/files";
import type { FolderKind } from "@/lib/storage/volume/folder-kind";

export type Library = {
  archive: Archive;
  catalog: Catalog;
  outbox: Outbox;
  drain: Drain;
  replica: Replica;
  probe: StoreProbe;
  thumbnails: ThumbnailCache;
};

/** What is stored here and not yet saved: how many objects, for how long the oldest has waited, and why the last attempt failed, for the owner and for everyone. */
export type Backlog = { objects: number; oldestSeconds: number; problem: string | null; publicProblem: string | null };

/**
 * For the owner of the installation. `problem` says why nothing can be kept at present, and what to do; null when all is well. While it
 * is `catchingUp`, lists may still lack pictures. `alarm` says what is wrong with what is kept already.
 */
export type StorageStatus = {
  place: string;
  kind: FolderKind | "bucket";
  problem: string | null;
  backlog: Backlog | null;
  leftOut: LeftOut | null;
  catchingUp: boolean;
  alarm: string | null;
};

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

/** Where pictures are kept, and whether they can be. */
export async function storageStatus(): Promise<StorageStatus> {
  const kind = await storageKind();
  const place = placeOfStore();
  try {
    const library = await openedLibrary();
    const { replica, probe } = library;
    const trouble = probe.problem() ?? replica.problem();
    const alarm = trouble === null ? replica.alarm() : explainToOwner(trouble, places());
    const about = { leftOut: replica.leftOut(), catchingUp: !replica.isComplete(), alarm };
    return { place, kind, problem: null, backlog: backlogOf(library), ...about };
  } catch (error) {
    return { place, kind, problem: explainToOwner(error, places()), backlog: null, leftOut: null, catchingUp: false, alarm: null };
  }
}

/** Where pictures are kept; asked of storage once, since it may hang later. */
export async function storageKind(): Promise<StorageStatus["kind"]> {
  const { dataDir, onSpace, s3 } = config();
  if (s3) return "bucket";
  const known = processWide("storage-kinds", () => new Map<string, FolderKind>());
  const kind =
    known.get(dataDir) ??
    (await volumeFiles()
      .files.folderKind(dataDir, { onSpace })
      .catch(() => null));
  // Only what is mounted does not answer.
  if (kind === null) return "mounted";
  knownKinds().set(dataDir, kind);
  return kind;
}

/** The same without waiting; null until it was found out, which is done at the start. */
export function knownStorageKind(): StorageStatus["kind"] | null {
  const { dataDir, s3 } = config();
  return s3 ? "bucket" : (knownKinds().get(dataDir) ?? null);
}

const knownKinds = () => processWide("storage-kinds", () => new Map<string, FolderKind>());

const places = () => ({ store: placeOfStore(), local: config().cacheDir });

function backlogOf({ outbox, drain }: Library): Backlog {
  const { count, oldest } = outbox.size();
  const problem = drain.problem();
  const oldestSeconds = oldest === null ? 0 : Math.max(0, Math.round((Date.now() - oldest) / 1000));
  if (problem === null) return { objects: count, oldestSeconds, problem: null, publicProblem: null };
  return { objects: count, oldestSeconds, problem: explainToOwner(problem, places()), publicProblem: explainToEveryone(problem) };
}

async function openedLibrary(): Promise<Library> {
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
    const isWaiting = (itemId: string) => outbox.has(tombstoneName(itemId)) || outbox.names(itemPrefix(itemId)).length > 0;
    const makeSure = async () => void (await claimPlace(store, id));
    const replica = followArchive(archive, catalog, { inBucket: config().s3 !== null, isWaiting, makeSure });
    const onProblem = (problem: unknown) => console.error(`archive: ${explainToOwner(problem, places())}`);
    const probe = probeStore(store, { makeSure, onProblem });
    await replica.untilComplete(quickMs);
    const thumbnails = openThumbnailCache(path.join(config().cacheDir, "thumbnails"));
    return { archive, catalog, outbox, drain, replica, probe, thumbnails };
  } catch (error) {
    catalog.close();
    throw error;
  }
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
