/**
 * What can be done with collections. Which pictures are in one stands in the marks of the pictures; the collection itself is a document.
 * As with pictures, somebody else's collection answers exactly like one that does not exist.
 */
import "server-only";
import type { Collection, CollectionChange } from "@/lib/gallery/collection";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import { blank, type Document, madeOf } from "@/lib/gallery/document";
import { idPattern, limits, thumbnailWidth } from "@/lib/gallery/generation";
import { newId } from "@/lib/gallery/id";
import { itemPrefix } from "@/lib/gallery/layout";
import { type Library, record, withLibrary } from "@/lib/gallery/library";
import { Failure } from "@/lib/http/errors";

type Fields = Document<"collection">["fields"];

/** How long an answer waits for storage, in milliseconds. */
const patienceMs = 500;
const coversShown = 3;

/** A person's collections, in their order. @throws Failure `storage_unavailable` */
export function listCollections(owner: string): Promise<Collection[]> {
  return withLibrary(async (library) => {
    const counts = library.catalog.documents.countMembers(owner);
    return inOrder(library, owner).map((document) => present(library, document, counts));
  });
}

/** One collection. @throws Failure `not_found`, `storage_unavailable` */
export function getCollection(owner: string, id: string): Promise<Collection> {
  return withLibrary(async (library) => present(library, await find(library, owner, id)));
}

/**
 * Begins a collection, after all others.
 * @throws Failure `too_many_collections`, `storage_full`, `storage_unavailable`
 */
export function createCollection(owner: string, title: string): Promise<Collection> {
  return changing(owner, async (library) => {
    const others = inOrder(library, owner);
    if (others.length >= limits.collections) throw new Failure("too_many_collections");
    return edit(library, blank("collection", owner, newId()), { title, place: placeOf(others.at(-1)) + 1 });
  });
}

/**
 * Renames a collection, gives it another place, removes it, or brings it back within the days of the trash. The pictures in it stay.
 * @throws Failure `not_found`, `too_many_collections`, `storage_full`, `storage_unavailable`
 */
export function changeCollection(owner: string, id: string, change: CollectionChange): Promise<Collection> {
  return changing(owner, async (library) => {
    const document = await find(library, owner, id, { removed: true });
    const { title, before, removed } = change;
    const isRemoved = Boolean(document.fields.removedAt);
    // One that is removed can be brought back, and nothing else.
    if (isRemoved && removed === undefined) throw new Failure("not_found");
    const others = inOrder(library, owner).filter((other) => other.id !== id);
    if (isRemoved && removed === false && others.length >= limits.collections) throw new Failure("too_many_collections");
    const fields: Fields = {};
    if (title !== undefined && title !== document.fields.title) fields.title = title;
    if (before !== undefined) fields.place = await placeBefore(library, others, before);
    if (removed !== undefined && removed !== isRemoved) fields.removedAt = removed ? new Date().toISOString() : null;
    return Object.keys(fields).length > 0 ? edit(library, document, fields) : document;
  });
}

/** Makes sure that a person has all of some collections. @throws Failure `not_found`, StorageFailure */
export async function requireCollections(library: Library, owner: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await find(library, owner, id);
}

/** Whether a person has a collection, as far as this replica knows. */
export function isCollection({ catalog }: Library, owner: string, id: string): boolean {
  return catalog.documents.isCollection(owner, id);
}

async function changing(owner: string, change: (library: Library) => Promise<Document<"collection">>): Promise<Collection> {
  return withLibrary(async (library) => {
    // One after the other, since the place of one depends on those of others.
    const document = await inTurn(itemTurns(), `collections of ${owner}`, () => change(library));
    await library.outbox.untilGone(library.outbox.names(itemPrefix(document.id)), patienceMs);
    return present(library, document);
  });
}

async function edit(library: Library, document: Document<"collection">, fields: Fields): Promise<Document<"collection">> {
  const edited = await library.archive.edit(document, fields);
  record(() => library.catalog.documents.put(edited));
  return edited;
}

async function find(library: Library, owner: string, id: string, { removed = false } = {}): Promise<Document<"collection">> {
  if (!idPattern.test(id)) throw new Failure("not_found");
  const document = library.catalog.documents.find(owner, "collection", id) ?? (await findElsewhere(library, owner, id));
  if (!document || (document.fields.removedAt && !removed)) throw new Failure("not_found");
  return document;
}

// Another replica may have begun it a moment ago.
async function findElsewhere({ archive, catalog }: Library, owner: string, id: string): Promise<Document<"collection"> | null> {
  const document = await archive.findDocument(id, owner);
  if (document?.kind !== "collection" || catalog.isErasedWithAccount(madeOf(document))) return null;
  record(() => catalog.documents.put(document));
  return document;
}

function inOrder({ catalog }: Library, owner: string): Document<"collection">[] {
  const present = catalog.documents.list(owner, "collection").filter(({ fields }) => !fields.removedAt);
  return present.sort((a, b) => placeOf(a) - placeOf(b) || (a.id < b.id ? -1 : 1));
}

const placeOf = (document: Document<"collection"> | undefined) => document?.fields.place ?? 0;

/** A place before another collection, or after all. When there is no number left between two, all are numbered anew. */
async function placeBefore(library: Library, others: Document<"collection">[], before: string | null): Promise<number> {
  const index = before === null ? others.length : others.findIndex(({ id }) => id === before);
  if (index === -1) throw new Failure("not_found");
  const following = others[index];
  if (!following) return placeOf(others.at(-1)) + 1;
  const [low, high] = [index > 0 ? placeOf(others[index - 1]) : placeOf(following) - 2, placeOf(following)];
  const middle = (low + high) / 2;
  if (low < middle && middle < high) return middle;
  for (const [n, other] of others.entries()) await edit(library, other, { place: n });
  return index - 0.5;
}

function present(library: Library, document: Document<"collection">, counts?: ReadonlyMap<string, number>): Collection {
  const { catalog, outbox } = library;
  const { owner, id, fields } = document;
  const members = catalog.documents.newestMembers(owner, id, coversShown);
  return {
    id,
    title: fields.title ?? "",
    createdAt: madeOf(document).createdAt,
    count: (counts ?? catalog.documents.countMembers(owner)).get(id) ?? 0,
    covers: members.map((member) => `/api/generations/${member}/image?width=${thumbnailWidth}`),
    saved: outbox.names(itemPrefix(id)).length === 0,
  };
}
