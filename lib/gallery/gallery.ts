/**
 * Everything that can be done with a gallery. Each function takes the owner first, the provider's `sub` of the person who asks, and
 * never sees past it: what belongs to somebody else answers exactly like what does not exist.
 *
 * The archive is the truth: immutable objects in storage. What goes there is stored in an outbox on local disk first, and saved once the
 * archive has it, which functions here wait for, but not long. The catalog is an index over both that answers lists and can be rebuilt
 * at any time. So every change goes to the archive first, and to the catalog only then.
 */
import "server-only";
import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Usage } from "@/lib/gallery/catalog";
import { requireCollections } from "@/lib/gallery/collections";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import { readCursor, writeCursor } from "@/lib/gallery/cursor";
import { type Generation, type GenerationPage, type ImageType, idPattern, limits } from "@/lib/gallery/generation";
import { newId, timeOfId } from "@/lib/gallery/id";
import { requireInTrash } from "@/lib/gallery/in-trash";
import { itemPrefix, manifestName, tombstoneName } from "@/lib/gallery/layout";
import { type Library, record, withLibrary } from "@/lib/gallery/library";
import { type ListQuery, wantedOf } from "@/lib/gallery/list-query";
import type { Listing } from "@/lib/gallery/listed";
import type { Manifest } from "@/lib/gallery/manifest";
import type { MarkedFields } from "@/lib/gallery/mark";
import { readThumbnail, readWhole } from "@/lib/gallery/picture-bytes";
import { present } from "@/lib/gallery/present";
import type { GenerationRequest, Marks } from "@/lib/gallery/requests";
import { sha256 } from "@/lib/gallery/sealed-json";
import { scheduleSweep } from "@/lib/gallery/sweep";
import { examineImage } from "@/lib/gallery/thumbnail";
import { appVersion } from "@/lib/gallery/version";
import { takePlace } from "@/lib/gallery/waiting";
import { generatorFor } from "@/lib/generators";
import type { GeneratedImage, MakingOptions } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";

export { storageStatus } from "@/lib/gallery/storage-status";

/** How long an answer waits for storage, in milliseconds: a healthy one is much quicker, and for any other nobody should wait. */
const patience = { picture: 2000, mark: 500, erasure: 2000 } as const;

/**
 * Makes a picture and stores it, which `onStored` tells at once; resolves when it is saved, or when that takes long. `onBegin` is
 * called when nothing of ours stands in its way any more. Aborting before it is stored stops the work, and nothing is kept.
 * @throws Failure `too_many_waiting`, `generation_cancelled`, `storage_full`, `storage_unavailable`, and those of the generator
 */
export async function makeGeneration(
  owner: string,
  request: GenerationRequest,
  { onBegin, onStored, ...options }: MakingOptions & KeepingOptions,
): Promise<Generation> {
  const { signal } = options;
  const givePlaceBack = takePlace(owner);
  try {
    // The library is opened first: nobody waits for a picture that could not be kept.
    return await withLibrary(async (library) => {
      const { seed = randomInt(limits.seed + 1) } = request;
      const generator = generatorFor(request.generator);
      onBegin?.();
      const image = await generator.generate({ ...request, seed }, options);
      const { thumbnail, ...facts } = await examineImage(image.bytes, image.type);
      const manifest = manifestOf(owner, { ...request, generator: generator.id, seed: image.seed ?? seed }, image, facts);
      const item = await library.archive.keep(manifest, image.bytes, thumbnail, signal);
      record(() => library.catalog.put([item]));
      library.thumbnails.put(manifest.id, thumbnail);
      givePlaceBack();
      const stored = present(library, item);
      onStored?.(stored);
      return waitForSaved(library, stored, patience.picture);
    });
  } catch (error) {
    throw signal.aborted ? new Failure("generation_cancelled", { cause: error }) : error;
  } finally {
    givePlaceBack();
  }
}

type KeepingOptions = { onBegin?: () => void; onStored?: (item: Generation) => void };

/** Waits until a stored picture is saved, for at most so many milliseconds; resolves with the picture as it is then. */
export function untilSaved(item: Generation, withinMs: number): Promise<Generation> {
  return withLibrary((library) => waitForSaved(library, item, withinMs));
}

async function waitForSaved({ outbox }: Library, item: Generation, withinMs: number): Promise<Generation> {
  return { ...item, saved: await outbox.untilGone([manifestName(item.id)], withinMs) };
}

/**
 * A page of the gallery, newest first unless `sort` says otherwise; of the trash when `trashed` is true. `limit` is 1 to 200.
 * @throws Failure `cursor_invalid`, `not_found` for a collection that is not there, `storage_unavailable`
 */
export function listGenerations(owner: string, query: ListQuery = {}): Promise<GenerationPage> {
  return withLibrary(async (library) => {
    const { catalog, replica } = library;
    const { cursor, collection, trashed = false } = query;
    const { favorite, ...narrowing } = wantedOf(query);
    if (collection !== undefined) await requireCollections(library, owner, [collection]);
    const limit = Math.min(Math.max(Math.trunc(query.limit ?? limits.pageSize), 1), limits.largestPage);
    const after = cursor === undefined ? null : readCursor(owner, cursor);
    const isSearch = !trashed && Object.values(narrowing).some((part) => part !== undefined);
    const { items, next, total } = isSearch
      ? catalog.search(owner, { ...narrowing, favorite }, { limit, after })
      : catalog.page(owner, { trashed, favorite }, { limit, after });
    const page = { items: items.map((item) => present(library, item)), nextCursor: next && writeCursor(owner, next), total };
    return replica.isComplete() ? page : { ...page, catchingUp: true as const };
  });
}

/** One item, also when it is in the trash. @throws Failure `not_found`, `storage_unavailable` */
export function getGeneration(owner: string, id: string): Promise<Generation> {
  return withLibrary(async (library) => present(library, await findItem(library, owner, id)));
}

/** An image before its bytes are read. `etag` stands for them, without quotes; `read` throws as `readImage` does. */
export type FoundImage = { type: ImageType; etag: string; read: () => Promise<Uint8Array<ArrayBuffer>> };

/**
 * Finds the image of an item or its thumbnail, without reading it: whoever has it already need not be sent it again.
 * @throws Failure `not_found`, `storage_unavailable`
 */
export function findImage(owner: string, id: string, { thumbnail }: { thumbnail: boolean }): Promise<FoundImage> {
  return withLibrary(async (library) => {
    const { manifest } = await findItem(library, owner, id);
    const { type, sha256: etag } = manifest.image;
    return thumbnail
      ? { type: "image/webp", etag: `${etag}-thumbnail`, read: () => withLibrary((opened) => readThumbnail(opened, manifest)) }
      : { type, etag, read: () => withLibrary((opened) => readWhole(opened, manifest)) };
  });
}

/**
 * The image of an item, exactly as it was made, or its thumbnail.
 * @throws Failure `not_found`; `storage_unavailable` also when the bytes are missing or are not those that were made
 */
export async function readImage(owner: string, id: string, options: { thumbnail: boolean }) {
  const { read, ...image } = await findImage(owner, id, options);
  return { ...image, bytes: await read() };
}

/** Changes what may be changed about an item. @throws Failure `not_found`, `storage_full`, `storage_unavailable` */
export function markGeneration(owner: string, id: string, marks: Marks): Promise<Generation> {
  // The turn ends before the waiting begins: what is stored has its place in the order.
  return withLibrary(async (opened) => {
    const { outbox } = opened;
    const into = Object.entries(marks.collections ?? {}).filter(([, isIn]) => isIn);
    await requireCollections(
      opened,
      owner,
      into.map(([collection]) => collection),
    );
    const changed = await changeItem(owner, id, async (library, item) => {
      const fields = changedFields(item.marks, marks);
      if (Object.keys(fields).length === 0) return present(library, item);
      const marked = await library.archive.mark(item, fields, () => library.catalog.find(owner, id));
      record(() => library.catalog.put([marked]));
      return present(library, marked);
    });
    await outbox.untilGone(outbox.names(itemPrefix(id)), patience.mark);
    return { ...changed, saved: !outbox.has(manifestName(id)) };
  });
}

/** Moves an item to the trash; one that is there already stays. @throws as `markGeneration` does */
export function trashGeneration(owner: string, id: string): Promise<Generation> {
  return markGeneration(owner, id, { trashed: true });
}

/**
 * Erases an item for good that `requireInTrash` finds there. Resolves with `saved` once storage can never bring it back, and without it
 * when storage has not heard of it yet: nobody sees it any more, and the rest is done as soon as storage answers.
 * @throws Failure `not_found`, `not_in_trash`, `storage_full`, `storage_unavailable`
 */
export function eraseGeneration(owner: string, id: string, listing?: Listing): Promise<{ saved: boolean }> {
  return changeItem(owner, id, async (library, item) => {
    await requireInTrash(library, item, listing);
    const { archive, catalog, outbox, thumbnails, bareJpegs } = library;
    const { manifest } = item;
    await archive.erase(manifest);
    record(() => catalog.erase([id]));
    await Promise.all([thumbnails.forget([id]), bareJpegs.forget([id])]);
    scheduleSweep();
    const saved = await outbox.untilGone([tombstoneName(id)], patience.erasure);
    // Before that it must not be touched: whatever happens, it is there as a whole or not at all.
    if (saved) await Promise.race([archive.clear(manifest), delay(patience.erasure, undefined, { ref: false })]);
    return { saved };
  });
}

/** How much a person keeps: items that are not in the trash, those that are, and the bytes of all their images. */
export function measureUsage(owner: string): Promise<Usage> {
  return withLibrary(async ({ catalog }) => catalog.usage(owner));
}

// One change of an item at a time, so that none is decided on a state that another is about to replace.
function changeItem<T>(owner: string, id: string, change: (library: Library, item: ArchivedItem) => Promise<T>): Promise<T> {
  return withLibrary((library) => inTurn(itemTurns(), id, async () => change(library, await findItem(library, owner, id))));
}

async function findItem({ archive, catalog }: Library, owner: string, id: string): Promise<ArchivedItem> {
  if (!idPattern.test(id)) throw new Failure("not_found");
  const cataloged = catalog.find(owner, id);
  if (cataloged) return cataloged;
  // Another replica may have saved it a moment ago.
  const archived = await archive.find(id, owner);
  if (!archived || catalog.isErasedWithAccount(archived.manifest)) throw new Failure("not_found");
  record(() => catalog.put([archived]));
  return archived;
}

function changedFields(before: MarkedFields, { favorite, title, trashed, collections }: Marks): Partial<MarkedFields> {
  const fields: Partial<MarkedFields> = {};
  if (favorite !== undefined && favorite !== before.favorite) fields.favorite = favorite;
  if (title !== undefined && title !== before.title) fields.title = title;
  if (trashed !== undefined && trashed !== (before.trashedAt !== null)) fields.trashedAt = trashed ? new Date().toISOString() : null;
  const moved = Object.entries(collections ?? {}).filter(([id, isIn]) => isIn !== (before.collections[id] ?? false));
  if (moved.length > 0) fields.collections = Object.fromEntries(moved);
  return fields;
}

function manifestOf(
  owner: string,
  { prompt, generator, seed }: GenerationRequest & { generator: string; seed: number },
  { bytes, type, model, parameters }: GeneratedImage,
  { width, height, placeholder }: { width: number; height: number; placeholder: string },
): Manifest {
  const id = newId();
  const image = { sha256: sha256(bytes), bytes: bytes.length, type, width, height };
  return { version: 1, id, owner, createdAt: timeOfId(id), prompt, generator, model, parameters, seed, image, placeholder, appVersion };
}
