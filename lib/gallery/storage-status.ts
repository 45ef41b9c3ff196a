/** Where pictures are kept, and how that goes: for the owner of the installation, and for whoever watches over it. */
import "server-only";
import { config } from "@/lib/config";
import { type Library, openedLibrary } from "@/lib/gallery/library";
import type { LeftOut } from "@/lib/gallery/replica";
import { explainToEveryone, explainToOwner } from "@/lib/gallery/storage-trouble";
import { placeOfStore, places } from "@/lib/gallery/store";
import { processWide } from "@/lib/process-wide";
import { volumeFiles } from "@/lib/storage/volume/files";
import type { FolderKind } from "@/lib/storage/volume/folder-kind";

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
  const { dataDir, spaceName, s3 } = config();
  if (s3) return "bucket";
  const kind =
    knownKinds().get(dataDir) ??
    (await volumeFiles()
      .files.folderKind(dataDir, { onSpace: spaceName !== null })
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

function backlogOf({ outbox, drain }: Library): Backlog {
  const { count, oldest } = outbox.size();
  const problem = drain.problem();
  const oldestSeconds = oldest === null ? 0 : Math.max(0, Math.round((Date.now() - oldest) / 1000));
  if (problem === null) return { objects: count, oldestSeconds, problem: null, publicProblem: null };
  return { objects: count, oldestSeconds, problem: explainToOwner(problem, places()), publicProblem: explainToEveryone(problem) };
}
