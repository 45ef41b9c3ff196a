/** What a listing tells about items and documents, and what they are by all that is listed of them. */
import { readDocument } from "@/lib/gallery/archived-document";
import { readMarks } from "@/lib/gallery/archived-item";
import { mapConcurrently } from "@/lib/gallery/concurrency";
import type { Document } from "@/lib/gallery/document";
import * as layout from "@/lib/gallery/layout";
import type { FoldedMarks } from "@/lib/gallery/mark";
import type { Tally } from "@/lib/gallery/tally";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/** An item or a document that is there, with the stamps of its marks or edits. */
export type Listed = { id: string; stamps: string[]; isDocument: boolean };

/** By their ids. */
export type Listing = ReadonlyMap<string, Listed>;

export const listingsAtOnce = 4;

/** The items and documents in a folder. @throws StorageFailure */
export async function listFolder(store: ObjectStore, prefix: string): Promise<Listed[]> {
  const committed: string[] = [];
  const stampsOf = { mark: new Map<string, string[]>(), edit: new Map<string, string[]>() };
  for await (const name of store.list(prefix)) {
    const parsed = layout.parseItemName(name);
    if (!parsed) continue;
    if (parsed.kind === "manifest") committed.push(parsed.id);
    else stampsOf[parsed.kind].set(parsed.id, [...(stampsOf[parsed.kind].get(parsed.id) ?? []), parsed.stamp]);
  }
  const documents = [...stampsOf.edit].map(([id, stamps]) => ({ id, stamps, isDocument: true }));
  return [...documents, ...committed.map((id) => ({ id, stamps: stampsOf.mark.get(id) ?? [], isDocument: false }))];
}

/** Those of some things that are there. A folder is listed once, however many of them it may hold. @throws StorageFailure */
export async function listThings(store: ObjectStore, ids: Iterable<string>): Promise<Listing> {
  const wanted = new Set(ids);
  const folders = new Set(Array.from(wanted, layout.shardOf));
  const found = new Map<string, Listed>();
  for await (const folder of mapConcurrently(folders, listingsAtOnce, (prefix) => listFolder(store, prefix))) {
    for (const listed of folder) if (wanted.has(listed.id)) found.set(listed.id, listed);
  }
  return found;
}

/** What storage must show at least: what is known here of an item or a document. */
type Known = { id: string; newest: number };

/** All marks of an item by a listing. @throws StorageFailure, also when storage does not show all that is listed and known */
export function readListedMarks(store: ObjectStore, known: Known, listing: Listing): Promise<FoldedMarks> {
  return whole(known, listing, ({ id, stamps }) => readMarks(store, id, stamps));
}

/** A document by all of its edits in a listing. @throws StorageFailure, also when storage does not show all that is listed and known */
export function readListedDocument(store: ObjectStore, known: Known, listing: Listing): Promise<Document> {
  return whole(known, listing, ({ id, stamps }) => readDocument(store, id, stamps));
}

// What is listed and does not answer may say the contrary of all the rest; so may what a mounted bucket leaves out for a while.
async function whole<T extends Tally>({ id, newest }: Known, listing: Listing, read: (listed: Listed) => Promise<T | null>): Promise<T> {
  const listed = listing.get(id);
  const stored = listed ? await read(listed) : null;
  if (listed && stored && stored.count === listed.stamps.length && stored.newest >= newest) return stored;
  throw new StorageFailure(`storage does not show all of ${id} that is listed and known`, { cause: null });
}
