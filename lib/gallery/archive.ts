/**
 * The archive: the truth about every item, as immutable objects. The image comes first and the manifest last, so that whatever is
 * listed is whole; a tombstone comes before anything is removed, so that what was erased stays away whatever is left of it.
 */
import { type ArchivedItem, readCommitted, readMarks } from "@/lib/gallery/archived-item";
import type { ImageType } from "@/lib/gallery/generation";
import { type KeptRevocations, keptRevocations } from "@/lib/gallery/kept-revocations";
import * as layout from "@/lib/gallery/layout";
import { type IsErased, type Removal, removeLeftovers } from "@/lib/gallery/leftovers";
import { type Manifest, writeManifest } from "@/lib/gallery/manifest";
import { foldMarks, type Mark, type MarkedFields, newStamp, unmarked, writeMark } from "@/lib/gallery/mark";
import { claimPlace } from "@/lib/gallery/marker";
import { type Finding, findAbsent, type ScanOptions, scanArchive } from "@/lib/gallery/scan";
import { seal } from "@/lib/gallery/sealed-json";
import { keptSnapshots, type Snapshots } from "@/lib/gallery/snapshot";
import { ObjectCollision, type ObjectStore } from "@/lib/storage/object-store";

export type Archive = {
  /** The archive's own id, from its marker. */
  id: string;
  /**
   * Keeps a new item; resolves when it is durable. Until the manifest is being written, aborting leaves nothing behind.
   * @throws StorageFailure; the item is then, whole, there or not
   */
  keep(manifest: Manifest, image: Uint8Array, thumbnail: Uint8Array, signal: AbortSignal): Promise<ArchivedItem>;
  /** Marks an item; resolves with the item as it is then, when that is durable. @throws StorageFailure */
  mark(item: ArchivedItem, fields: Partial<MarkedFields>): Promise<ArchivedItem>;
  /** Adds a mark that was made elsewhere, newer than those of the item. @throws StorageFailure, ObjectCollision */
  copyMark(item: ArchivedItem, mark: Mark): Promise<ArchivedItem>;
  /** Whether an item was erased by itself. @throws StorageFailure */
  isErased(id: string): Promise<boolean>;
  /** Erases all items of an account that were made up to a moment; resolves when none can come back. @throws StorageFailure */
  eraseAccount(erased: layout.ErasedAccount): Promise<void>;
  /** Removes every object of items that were erased, see `removeLeftovers`. @throws StorageFailure when a listing fails */
  removeLeftovers(isErased: IsErased): Promise<Removal>;
  /** Erases an item; resolves when it can never come back. Its bytes are removed as far as storage lets them be. @throws StorageFailure */
  erase(manifest: Manifest): Promise<void>;
  /** The item of an id, or null when there is none or it was erased. @throws StorageFailure */
  find(id: string): Promise<ArchivedItem | null>;
  /** The image, or null when it is missing; its hash is the caller's to check. @throws StorageFailure */
  readImage(id: string, type: ImageType): Promise<Uint8Array<ArrayBuffer> | null>;
  /** The thumbnail, or null when it is missing. @throws StorageFailure */
  readThumbnail(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Everything that is kept, see `scanArchive`. */
  scan(options?: ScanOptions): AsyncIterable<Finding>;
  /** Those of some items that are not there any more, by listing and by name. @throws StorageFailure */
  findAbsent(ids: Iterable<string>): Promise<string[]>;
  snapshots: Snapshots;
  /** Sessions that were signed out before their time. */
  revocations: KeptRevocations;
};

/**
 * Opens the archive in a store; an empty store becomes one.
 * @param remembered the id of the archive that was used here last, if any
 * @throws ForeignPlace when the place is not to be written to, StorageFailure
 */
export async function openArchive(store: ObjectStore, remembered: string | null): Promise<Archive> {
  const id = await claimPlace(store, remembered);
  return {
    id,
    keep: (manifest, image, thumbnail, signal) => keep(store, manifest, image, thumbnail, signal),
    mark: (item, fields) => mark(store, item, fields),
    copyMark: (item, made) => publishMark(store, item, made),
    isErased: async (itemId) => (await store.read(layout.tombstoneName(itemId))) !== null,
    erase: (manifest) => erase(store, manifest),
    eraseAccount: (erased) => store.publish(layout.accountTombstoneName(erased), seal({ version: 1, ...erased })),
    removeLeftovers: (isErased) => removeLeftovers(store, isErased),
    find: (itemId) => find(store, itemId),
    readImage: (itemId, type) => store.read(layout.imageName(itemId, type)),
    readThumbnail: (itemId) => store.read(layout.thumbnailName(itemId)),
    scan: (options) => scanArchive(store, options),
    findAbsent: (ids) => findAbsent(store, ids),
    snapshots: keptSnapshots(store),
    revocations: keptRevocations(store),
  };
}

async function keep(
  store: ObjectStore,
  manifest: Manifest,
  image: Uint8Array,
  thumbnail: Uint8Array,
  signal: AbortSignal,
): Promise<ArchivedItem> {
  const commitRecord = writeManifest(manifest);
  const { id } = manifest;
  const begun: string[] = [];
  try {
    for (const [name, bytes] of [
      [layout.imageName(id, manifest.image.type), image],
      [layout.thumbnailName(id), thumbnail],
    ] as const) {
      signal.throwIfAborted();
      begun.push(name);
      await store.publish(name, bytes);
    }
    signal.throwIfAborted();
  } catch (error) {
    await removeAll(store, begun);
    throw error;
  }
  // From here on nothing is taken back: a manifest whose publication failed may be there all the same, and needs its image.
  await store.publish(layout.manifestName(id), commitRecord);
  return { manifest, marks: unmarked };
}

function mark(store: ObjectStore, item: ArchivedItem, fields: Partial<MarkedFields>): Promise<ArchivedItem> {
  return publishMark(store, item, { ...fields, stamp: newStamp(item.marks) });
}

async function publishMark(store: ObjectStore, { manifest, marks }: ArchivedItem, made: Mark): Promise<ArchivedItem> {
  await store.publish(layout.markName(manifest.id, made.stamp), writeMark(manifest.id, made));
  return { manifest, marks: foldMarks(marks, [made]) };
}

async function erase(store: ObjectStore, { id, image }: Manifest): Promise<void> {
  try {
    await store.publish(layout.tombstoneName(id), seal({ version: 1, id, erasedAt: new Date().toISOString() }));
  } catch (error) {
    // Another tombstone of the same item, from an attempt whose answer was lost or from another replica, is as good.
    if (!(error instanceof ObjectCollision)) throw error;
  }
  const stamps = await stampsOf(store, id).catch(() => []);
  const marks = stamps.map((stamp) => layout.markName(id, stamp));
  await removeAll(store, [layout.manifestName(id), ...marks, layout.imageName(id, image.type), layout.thumbnailName(id)]);
}

async function find(store: ObjectStore, id: string): Promise<ArchivedItem | null> {
  const manifest = await readCommitted(store, id);
  if (typeof manifest === "string") return null;
  return { manifest, marks: await readMarks(store, id, await stampsOf(store, id)) };
}

async function stampsOf(store: ObjectStore, id: string): Promise<string[]> {
  const stamps: string[] = [];
  for await (const name of store.list(layout.shardOf(id))) {
    const parsed = layout.parseItemName(name);
    if (parsed?.kind === "mark" && parsed.id === id) stamps.push(parsed.stamp);
  }
  return stamps;
}

async function removeAll(store: ObjectStore, names: readonly string[]): Promise<void> {
  for (const name of names) await store.remove(name).catch(() => {});
}
