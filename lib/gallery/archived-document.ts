import { blank, type Document, firstStamp, readEdit, withEdit } from "@/lib/gallery/document";
import { editName, manifestName, parseItemName, shardOf, tombstoneName } from "@/lib/gallery/layout";
import type { ObjectStore } from "@/lib/storage/object-store";

/**
 * Reads and folds the edits of an id, of which the stamps are known. One that does not verify changes nothing; one that is listed and yet
 * not there is not counted, so that the document is read again. Null when none verifies.
 * @throws StorageFailure
 */
export async function readDocument(store: ObjectStore, id: string, stamps: readonly string[]): Promise<Document | null> {
  let document: Document | null = null;
  let count = 0;
  for (const stamp of stamps.toSorted()) {
    const bytes = await store.read(editName(id, stamp));
    if (!bytes) continue;
    count += 1;
    const edit = readEdit(id, stamp, bytes);
    // The first one tells whose it is and what; no other can change that.
    if (!edit || (document && (edit.owner !== document.owner || edit.kind !== document.kind))) continue;
    document = withEdit(document ?? blank(edit.kind, edit.owner, id), stamp, edit.fields);
  }
  return document && { ...document, count };
}

/**
 * Whether an id is one of a picture or of a document, whoever's it is. A document that was brought back from a file is known to the
 * catalog alone. @throws StorageFailure
 */
export async function isTaken(store: ObjectStore, id: string): Promise<boolean> {
  return (await store.read(manifestName(id))) !== null || (await store.read(editName(id, firstStamp(id)))) !== null;
}

/**
 * The document of an id, or null when there is none, it is not the owner's or it was erased. One that was brought back from a file is
 * found by the catalog alone.
 * @throws StorageFailure
 */
export async function findDocument(store: ObjectStore, id: string, owner: string): Promise<Document | null> {
  const first = firstStamp(id);
  const bytes = await store.read(editName(id, first));
  // Another's document is left here, after as many reads as none.
  if (!bytes || readEdit(id, first, bytes)?.owner !== owner) return null;
  const stamps: string[] = [];
  for await (const name of store.list(shardOf(id))) {
    const parsed = parseItemName(name);
    if (parsed?.kind === "edit" && parsed.id === id) stamps.push(parsed.stamp);
  }
  const document = await readDocument(store, id, stamps);
  return document?.owner === owner && !(await store.read(tombstoneName(id))) ? document : null;
}
