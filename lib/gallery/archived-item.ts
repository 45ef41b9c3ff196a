import { manifestName, markName, tombstoneName } from "@/lib/gallery/layout";
import { type Manifest, readManifest } from "@/lib/gallery/manifest";
import { type FoldedMarks, foldMarks, readMark, unmarked } from "@/lib/gallery/mark";
import type { ObjectStore } from "@/lib/storage/object-store";

/** An item as the archive knows it: what it was made as, and everything that was marked since. */
export type ArchivedItem = { manifest: Manifest; marks: FoldedMarks };

/**
 * Reads the manifest of an id: `absent` when there is none, it is not the given owner's or it was erased, `damaged` when what lies there
 * does not verify.
 * @throws StorageFailure
 */
export async function readCommitted(store: ObjectStore, id: string, owner?: string): Promise<Manifest | "absent" | "damaged"> {
  const bytes = await store.read(manifestName(id));
  const manifest = bytes && readManifest(id, bytes);
  // Another's item is left here, after as many reads as none.
  if (!bytes || (owner !== undefined && manifest?.owner !== owner)) return "absent";
  if (await store.read(tombstoneName(id))) return "absent";
  return manifest ?? "damaged";
}

/**
 * Reads and folds the marks of an id, of which the stamps are known. One that does not verify changes nothing; one that is listed and
 * yet not there is not counted, so that the item is read again.
 * @throws StorageFailure
 */
export async function readMarks(store: ObjectStore, id: string, stamps: readonly string[]): Promise<FoldedMarks> {
  const marks = [];
  for (const stamp of stamps) {
    const bytes = await store.read(markName(id, stamp));
    if (bytes) marks.push(readMark(id, stamp, bytes) ?? { stamp });
  }
  return foldMarks(unmarked, marks);
}
