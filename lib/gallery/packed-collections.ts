/** Collections in a ZIP file: `collections/<id>.<stamp>.edit.json`, one edit that holds the sum of all. */
import type { FileHandle } from "node:fs/promises";
import type { Catalog } from "@/lib/gallery/catalog";
import { isFarAhead } from "@/lib/gallery/clock";
import { blank, madeOf, readEdit, writeEdit } from "@/lib/gallery/document";
import { idPattern, limits } from "@/lib/gallery/generation";
import { timeOfId } from "@/lib/gallery/id";
import { type Library, record } from "@/lib/gallery/library";
import { sha256 } from "@/lib/gallery/sealed-json";
import { BadZip, readMember, type ZipMember } from "@/lib/gallery/zip/reader";

type PackedCollection = { id: string; stamp: string; member: ZipMember };

const largestJson = 64 * 1024;
const namePattern = /^collections\/([0-9a-f-]{36})\.(\d{13}-[0-9a-f]{8})\.edit\.json$/;

/** All collections of a person as files, also those that were removed lately. */
export function packCollections(catalog: Catalog, owner: string): { name: string; bytes: Uint8Array }[] {
  return catalog.documents.list(owner, "collection").map((document) => {
    const { id, fields, newest } = document;
    // Derived from what it says, so that the same state has the same name wherever it is exported.
    const stamp = `${newest}-${sha256(JSON.stringify([id, fields])).slice(0, 8)}`;
    return { name: `collections/${id}.${stamp}.edit.json`, bytes: writeEdit(document, stamp, fields) };
  });
}

/** The collections among the members of a ZIP file, at most as many as one may have. */
export function collectionsIn(members: readonly ZipMember[]): PackedCollection[] {
  const packed = members.flatMap((member) => {
    const [, id = "", stamp = ""] = namePattern.exec(member.name) ?? [];
    return idPattern.test(id) ? [{ id, stamp, member }] : [];
  });
  return packed.slice(0, 2 * limits.collections);
}

/**
 * Takes in a collection that is not here, or what was changed later where it comes from; true when it did. What is damaged, erased here
 * or somebody else's is left out. @throws StorageFailure, Error of node:sqlite
 */
export async function bringCollectionBack(library: Library, owner: string, file: FileHandle, packed: PackedCollection): Promise<boolean> {
  const { archive, catalog } = library;
  const { id, stamp, member } = packed;
  const bytes = await readMember(file, member, largestJson).catch((error: unknown) => {
    if (error instanceof BadZip) return null;
    throw error;
  });
  const edit = bytes && readEdit(id, stamp, bytes);
  if (edit?.kind !== "collection" || edit.owner !== owner) return false;
  const { title, removedAt } = edit.fields;
  if (
    !title ||
    [...title].length > limits.titleCharacters ||
    isFarAhead(Number.parseInt(stamp, 10)) ||
    isFarAhead(Date.parse(timeOfId(id)))
  )
    return false;
  if (catalog.isErasedWithAccount(madeOf(edit)) || (await archive.isErased(id))) return false;
  const here = catalog.documents.find(owner, "collection", id) ?? (await archive.findDocument(id, owner));
  if (here && (here.kind !== "collection" || here.newest >= Number.parseInt(stamp, 10))) return false;
  // Pictures and collections have ids of one kind, and a file can name any: one that is somebody's is not given to anybody else.
  if (!here && (catalog.knows(id) || (await archive.isTaken(id)))) return false;
  const isFull = catalog.documents.list(owner, "collection").filter(({ fields }) => !fields.removedAt).length >= limits.collections;
  if (!here && !removedAt && isFull) return false;
  const brought = await archive.copyEdit(here ?? blank("collection", owner, id), stamp, edit.fields);
  record(() => catalog.documents.put(brought));
  return true;
}
