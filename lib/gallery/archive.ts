/**
 * The archive: the truth about every item, as immutable objects. The image comes first and the manifest last, so that whatever is
 * listed is whole; a tombstone comes before anything is removed, so that what was erased stays away whatever is left of it.
 */
import { findDocument, isTaken } from "@/lib/gallery/archived-document";
import { type ArchivedItem, readCommitted, readMarks } from "@/lib/gallery/archived-item";
import { type Document, newEditStamp, withEdit, writeEdit } from "@/lib/gallery/document";
import type { ImageType } from "@/lib/gallery/generation";
import { type KeptRevocations, keptRevocations } from "@/lib/gallery/kept-revocations";
import * as layout from "@/lib/gallery/layout";
import { type IsErased, type Removal, removeLeftovers } from "@/lib/gallery/leftovers";
import { type Listing, listThings, readListedDocument, readListedMarks } from "@/lib/gallery/listed";
import { type Manifest, readManifest, writeManifest } from "@/lib/gallery/manifest";
import { type FoldedMarks, foldMarks, type Mark, type MarkedFields, newStamp, unmarked, writeMark } from "@/lib/gallery/mark";
import { claimPlace } from "@/lib/gallery/marker";
import type { NamedBytes } from "@/lib/gallery/outbox";
import type { OutboxedStore } from "@/lib/gallery/outbox/through-outbox";
import { type Finding, findAbsent, type ScanOptions, scanArchive } from "@/lib/gallery/scan";
import { seal } from "@/lib/gallery/sealed-json";
import { keptSnapshots, type Snapshots } from "@/lib/gallery/snapshot";
import { ObjectCollision, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

export type Archive = {
  /** The archive's own id, from its marker. */
  id: string;
  /**
   * Keeps a new item, unless the signal has aborted; resolves when the store has taken it.
   * @throws StorageFailure; the item is then, whole, there or not
   */
  keep(manifest: Manifest, image: Uint8Array, thumbnail: Uint8Array, signal: AbortSignal): Promise<ArchivedItem>;
  /**
   * Marks an item; resolves with the item as it is then, when that is durable. `latest` says what is known of it by then: another
   * replica's mark may have come in between. @throws StorageFailure
   */
  mark(item: ArchivedItem, fields: Partial<MarkedFields>, latest?: () => ArchivedItem | null): Promise<ArchivedItem>;
  /** Adds a mark that was made elsewhere, newer than those of the item. @throws StorageFailure, ObjectCollision */
  copyMark(item: ArchivedItem, mark: Mark): Promise<ArchivedItem>;
  /** Edits a document, which an edit may begin; resolves with it as it is then, when that is durable. @throws StorageFailure */
  edit<D extends Document>(document: D, fields: D["fields"]): Promise<D>;
  /** Adds an edit that was made elsewhere, newer than those of the document. @throws StorageFailure, ObjectCollision */
  copyEdit<D extends Document>(document: D, stamp: string, fields: D["fields"]): Promise<D>;
  /** The document of an id, or null when there is none, it is somebody else's or it was erased. @throws StorageFailure */
  findDocument(id: string, owner: string): Promise<Document | null>;
  /** Whether an id is one of a picture or of a document, whoever's it is, see `isTaken`. @throws StorageFailure */
  isTaken(id: string): Promise<boolean>;
  /** Whether an item was erased by itself. @throws StorageFailure */
  isErased(id: string): Promise<boolean>;
  /**
   * Erases everything of an account that was made up to a moment, and of what bears a later one the ids that are named; resolves when
   * none of it can come back. @throws StorageFailure
   */
  eraseAccount(erased: layout.ErasedAccount, later?: readonly string[]): Promise<void>;
  /** Removes every object of items that were erased, see `removeLeftovers`. @throws StorageFailure when a listing fails */
  removeLeftovers(isErased: IsErased): Promise<Removal>;
  /** Erases an item or a document; resolves when the store has taken the tombstone, after which it never comes back. @throws StorageFailure */
  erase(thing: { id: string }): Promise<void>;
  /** Removes the objects of an erased item, as far as storage lets them be. */
  clear(manifest: Manifest): Promise<void>;
  /**
   * The item of an id, or null when there is none or it was erased; with an owner, also when it is somebody else's, which then costs
   * storage exactly as much as one that does not exist. @throws StorageFailure
   */
  find(id: string, owner?: string): Promise<ArchivedItem | null>;
  /** Those of some items and documents that are there now. One listing serves many. @throws StorageFailure */
  list(ids: Iterable<string>): Promise<Listing>;
  /**
   * All that was marked about an item, by whomever, as it was listed: what cannot be undone is decided on that.
   * @throws StorageFailure, also when something of it cannot be had, or it is less than is known
   */
  marksOf(known: ArchivedItem, listing: Listing): Promise<FoldedMarks>;
  /** The same for a document. */
  documentOf(known: Document, listing: Listing): Promise<Document>;
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

/** A store that may be able to take several objects at once: then an item is kept, and an account erased, as a whole or not at all. */
type Store = ObjectStore & Partial<OutboxedStore>;

/**
 * Opens the archive in a store; an empty store becomes one.
 * @param remembered the id of the archive that was used here last, if any
 * @throws ForeignPlace when the place is not to be written to, StorageFailure
 */
export async function openArchive(store: Store, remembered: string | null): Promise<Archive> {
  return archiveIn(store, await claimPlace(store, remembered));
}

/** The archive of an id, which is known to lie in a store. */
export function archiveIn(store: Store, id: string): Archive {
  return {
    id,
    keep: (manifest, image, thumbnail, signal) => keep(store, manifest, image, thumbnail, signal),
    mark: (item, fields, latest) => publishMark(store, item, { ...fields, stamp: newStamp(item.marks) }, latest),
    copyMark: (item, made) => publishMark(store, item, made),
    isErased: async (itemId) => (await store.read(layout.tombstoneName(itemId))) !== null,
    edit: (document, fields) => publishEdit(store, document, newEditStamp(document), fields),
    copyEdit: (document, stamp, fields) => publishEdit(store, document, stamp, fields),
    findDocument: (documentId, owner) => findDocument(store, documentId, owner),
    isTaken: (itemId) => isTaken(store, itemId),
    erase: (thing) => erase(store, thing),
    clear: (manifest) => clear(store, manifest),
    eraseAccount: (erased, later = []) => eraseAccount(store, erased, later),
    removeLeftovers: (isErased) => removeLeftovers(store, isErased),
    find: (itemId, owner) => find(store, itemId, owner),
    list: (ids) => listThings(store, ids),
    marksOf: ({ manifest, marks }, listing) => readListedMarks(store, { id: manifest.id, newest: marks.newest }, listing),
    documentOf: (known, listing) => readListedDocument(store, known, listing),
    readImage: (itemId, type) => store.read(layout.imageName(itemId, type)),
    readThumbnail: (itemId) => store.read(layout.thumbnailName(itemId)),
    scan: (options) => scanArchive(store, options),
    findAbsent: (ids) => findAbsent(store, ids),
    snapshots: keptSnapshots(store),
    revocations: keptRevocations(store),
  };
}

async function keep(
  store: Store,
  manifest: Manifest,
  image: Uint8Array,
  thumbnail: Uint8Array,
  signal: AbortSignal,
): Promise<ArchivedItem> {
  const { id } = manifest;
  const written = writeManifest(manifest);
  const objects = [
    { name: layout.imageName(id, manifest.image.type), bytes: image },
    { name: layout.thumbnailName(id), bytes: thumbnail },
    { name: layout.manifestName(id), bytes: written },
  ];
  signal.throwIfAborted();
  await publishAll(store, objects);
  // As everybody else will read it: it stands in the catalog of whoever kept it letter for letter as in every other.
  return { manifest: readManifest(id, written) ?? manifest, marks: unmarked };
}

async function publishAll(store: Store, objects: readonly NamedBytes[]): Promise<void> {
  if (store.publishAll) await store.publishAll(objects);
  else for (const { name, bytes } of objects) await store.publish(name, bytes);
}

async function publishMark(store: ObjectStore, item: ArchivedItem, made: Mark, latest = () => item as ArchivedItem | null) {
  const { id } = item.manifest;
  await store.publish(layout.markName(id, made.stamp), writeMark(id, made));
  const before = latest() ?? item;
  if (before.marks.newest < Number.parseInt(made.stamp, 10)) return { ...before, marks: foldMarks(before.marks, [made]) };
  // A newer one came in meanwhile, or this one has been read already. What cannot be read now is met when the archive is listed.
  const read = await find(store, id).catch((error: unknown) => {
    if (error instanceof StorageFailure) return null;
    throw error;
  });
  return read ?? { ...item, marks: foldMarks(item.marks, [made]) };
}

async function publishEdit<D extends Document>(store: ObjectStore, document: D, stamp: string, fields: D["fields"]): Promise<D> {
  await store.publish(layout.editName(document.id, stamp), writeEdit(document, stamp, fields));
  return withEdit(document, stamp, fields) as D;
}

async function eraseAccount(store: Store, erased: layout.ErasedAccount, later: readonly string[]): Promise<void> {
  const ofAccount = { name: layout.accountTombstoneName(erased), bytes: seal({ version: 1, ...erased }) };
  try {
    await publishAll(store, [ofAccount, ...later.map(tombstoneOf)]);
  } catch (error) {
    if (!(error instanceof ObjectCollision)) throw error;
    // Some of it has been erased by itself meanwhile: the rest is taken without that.
    const rest: string[] = [];
    for (const id of later) if ((await store.read(layout.tombstoneName(id))) === null) rest.push(id);
    if (rest.length === later.length) throw error;
    await eraseAccount(store, erased, rest);
  }
}

function tombstoneOf(id: string): NamedBytes {
  return { name: layout.tombstoneName(id), bytes: seal({ version: 1, id, erasedAt: new Date().toISOString() }) };
}

async function erase(store: ObjectStore, { id }: { id: string }): Promise<void> {
  const { name, bytes } = tombstoneOf(id);
  try {
    await store.publish(name, bytes);
  } catch (error) {
    // Another tombstone of the same item, from an attempt whose answer was lost or from another replica, is as good.
    if (!(error instanceof ObjectCollision)) throw error;
  }
}

async function clear(store: ObjectStore, { id, image }: Manifest): Promise<void> {
  const stamps = await stampsOf(store, id).catch(() => []);
  const marks = stamps.map((stamp) => layout.markName(id, stamp));
  await removeAll(store, [layout.manifestName(id), ...marks, layout.imageName(id, image.type), layout.thumbnailName(id)]);
}

async function find(store: ObjectStore, id: string, owner?: string): Promise<ArchivedItem | null> {
  const manifest = await readCommitted(store, id, owner);
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
