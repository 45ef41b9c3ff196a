/**
 * Everything that can be done with a gallery. Each function takes the owner first, the provider's `sub` of the person who asks, and
 * never sees past it: what belongs to somebody else answers exactly like what does not exist.
 *
 * The archive is the truth: immutable objects in storage, durable when a function here resolves. The catalog is an index over it that
 * answers lists and can be rebuilt at any time. So every change goes to the archive first, and to the catalog only then.
 */
import "server-only";
import { randomInt } from "node:crypto";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Usage } from "@/lib/gallery/catalog";
import { inTurn, type Turns } from "@/lib/gallery/concurrency";
import { readCursor, writeCursor } from "@/lib/gallery/cursor";
import {
  type Generation,
  type GenerationPage,
  type GenerationRequest,
  type ImageType,
  idPattern,
  limits,
  type Marks,
  thumbnailWidth,
} from "@/lib/gallery/generation";
import { newId, timeOfId } from "@/lib/gallery/id";
import { type Library, record, withLibrary } from "@/lib/gallery/library";
import type { ListQuery } from "@/lib/gallery/list-query";
import type { Manifest } from "@/lib/gallery/manifest";
import type { MarkedFields } from "@/lib/gallery/mark";
import { sha256 } from "@/lib/gallery/sealed-json";
import { scheduleSweep } from "@/lib/gallery/sweep";
import { examineImage, makeThumbnail } from "@/lib/gallery/thumbnail";
import { appVersion } from "@/lib/gallery/version";
import { takePlace } from "@/lib/gallery/waiting";
import { engineName, generatorFor } from "@/lib/generators";
import type { GeneratedImage, Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";

export { storageStatus } from "@/lib/gallery/library";

/**
 * Makes a picture and keeps it; resolves when it is durable. Aborting stops the work, and nothing is kept.
 * @throws Failure `too_many_waiting`, `generation_cancelled`, `storage_full`, `storage_unavailable`, and those of the generator
 */
export async function makeGeneration(
  owner: string,
  request: GenerationRequest,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: Progress) => void },
): Promise<Generation> {
  const givePlaceBack = takePlace(owner);
  try {
    // The library is opened first: nobody waits for a picture that could not be kept.
    return await withLibrary(async ({ archive, catalog }) => {
      const { prompt, width, height, seed = randomInt(limits.seed + 1) } = request;
      const generator = generatorFor(request.generator);
      const image = await generator.generate({ prompt, width, height, seed }, { signal, onProgress });
      const { thumbnail, ...facts } = await examineImage(image.bytes, image.type);
      const manifest = manifestOf(owner, { ...request, generator: generator.id, seed }, image, facts);
      const item = await archive.keep(manifest, image.bytes, thumbnail, signal);
      record(() => catalog.put([item]));
      return present(item);
    });
  } catch (error) {
    throw signal.aborted ? new Failure("generation_cancelled", { cause: error }) : error;
  } finally {
    givePlaceBack();
  }
}

/**
 * A page of the gallery, newest first unless `sort` says otherwise; of the trash when `trashed` is true. `limit` is 1 to 200.
 * @throws Failure `cursor_invalid`, `storage_unavailable`
 */
export function listGenerations(owner: string, query: ListQuery = {}): Promise<GenerationPage> {
  return withLibrary(async ({ catalog, replica }) => {
    const { cursor, favorite, trashed = false, q: words, generator, size, from, to } = query;
    const limit = Math.min(Math.max(Math.trunc(query.limit ?? limits.pageSize), 1), limits.largestPage);
    const after = cursor === undefined ? null : readCursor(owner, cursor);
    const wanted = { words: words?.trim() || undefined, generator, size, from, to, oldestFirst: query.sort === "oldest" || undefined };
    const isSearch = !trashed && Object.values(wanted).some((part) => part !== undefined);
    const { items, next, total } = isSearch
      ? catalog.search(owner, { ...wanted, favorite }, { limit, after })
      : catalog.page(owner, { trashed, favorite }, { limit, after });
    const page = { items: items.map(present), nextCursor: next && writeCursor(owner, next), total };
    return replica.isComplete() ? page : { ...page, catchingUp: true as const };
  });
}

/** One item, also when it is in the trash. @throws Failure `not_found`, `storage_unavailable` */
export function getGeneration(owner: string, id: string): Promise<Generation> {
  return withLibrary(async (library) => present(await findItem(library, owner, id)));
}

/**
 * The image of an item, exactly as it was made, or its thumbnail. `etag` is the SHA-256 of the bytes, without quotes.
 * @throws Failure `not_found`; `storage_unavailable` also when the bytes are missing or are not those that were made
 */
export function readImage(
  owner: string,
  id: string,
  { thumbnail }: { thumbnail: boolean },
): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: ImageType; etag: string }> {
  return withLibrary(async (library) => {
    const { image } = (await findItem(library, owner, id)).manifest;
    const small = thumbnail ? await library.archive.readThumbnail(id) : null;
    if (small) return { bytes: small, type: "image/webp", etag: sha256(small) };
    const bytes = await library.archive.readImage(id, image.type);
    if (!bytes || sha256(bytes) !== image.sha256) {
      library.replica.doubt(id);
      throw new Failure("storage_unavailable", { cause: new Error(`image of ${id} is damaged`) });
    }
    if (!thumbnail) return { bytes, type: image.type, etag: image.sha256 };
    const made = await makeThumbnail(bytes);
    return { bytes: made, type: "image/webp", etag: sha256(made) };
  });
}

/** Changes what may be changed about an item. @throws Failure `not_found`, `storage_full`, `storage_unavailable` */
export function markGeneration(owner: string, id: string, marks: Marks): Promise<Generation> {
  return changeItem(owner, id, async ({ archive, catalog }, item) => {
    const fields = changedFields(item.marks, marks);
    if (Object.keys(fields).length === 0) return present(item);
    const marked = await archive.mark(item, fields);
    record(() => catalog.put([marked]));
    return present(marked);
  });
}

/** Moves an item to the trash; one that is there already stays. @throws as `markGeneration` does */
export function trashGeneration(owner: string, id: string): Promise<Generation> {
  return markGeneration(owner, id, { trashed: true });
}

/** Erases an item for good. @throws Failure `not_found`, `not_in_trash`, `storage_full`, `storage_unavailable` */
export function eraseGeneration(owner: string, id: string): Promise<void> {
  return changeItem(owner, id, async ({ archive, catalog }, { manifest, marks }) => {
    if (marks.trashedAt === null) throw new Failure("not_in_trash");
    await archive.erase(manifest);
    record(() => catalog.erase([id]));
    scheduleSweep();
  });
}

/** How much a person keeps: items that are not in the trash, those that are, and the bytes of all their images. */
export function measureUsage(owner: string): Promise<Usage> {
  return withLibrary(async ({ catalog }) => catalog.usage(owner));
}

// One change of an item at a time, so that none is decided on a state that another is about to replace.
function changeItem<T>(owner: string, id: string, change: (library: Library, item: ArchivedItem) => Promise<T>): Promise<T> {
  const turns = processWide("item-turns", (): Turns => new Map());
  return withLibrary((library) => inTurn(turns, id, async () => change(library, await findItem(library, owner, id))));
}

async function findItem({ archive, catalog }: Library, owner: string, id: string): Promise<ArchivedItem> {
  if (!idPattern.test(id)) throw new Failure("not_found");
  const cataloged = catalog.find(owner, id);
  if (cataloged) return cataloged;
  // Another replica may have saved it a moment ago.
  const archived = await archive.find(id);
  if (archived?.manifest.owner !== owner || catalog.isErasedWithAccount(archived.manifest)) throw new Failure("not_found");
  record(() => catalog.put([archived]));
  return archived;
}

function changedFields(before: MarkedFields, { favorite, title, trashed }: Marks): Partial<MarkedFields> {
  const fields: Partial<MarkedFields> = {};
  if (favorite !== undefined && favorite !== before.favorite) fields.favorite = favorite;
  if (title !== undefined && title !== before.title) fields.title = title;
  if (trashed !== undefined && trashed !== (before.trashedAt !== null)) fields.trashedAt = trashed ? new Date().toISOString() : null;
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

function present({ manifest, marks }: ArchivedItem): Generation {
  const { id, prompt, generator, model, seed, parameters, createdAt, placeholder, image } = manifest;
  const { favorite, title, trashedAt } = marks;
  const { type, bytes, width, height } = image;
  const imageUrl = `/api/generations/${id}/image`;
  const asMade = { id, prompt, generator, model, width, height, seed, parameters, type, bytes, createdAt, placeholder };
  return {
    ...asMade,
    engine: engineName(generator),
    title,
    favorite,
    trashedAt,
    saved: true,
    imageUrl,
    thumbnailUrl: `${imageUrl}?width=${thumbnailWidth}`,
  };
}
