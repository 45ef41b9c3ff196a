import { mapConcurrently } from "@/lib/gallery/concurrency";
import { type Made, madeOf, readEdit } from "@/lib/gallery/document";
import * as layout from "@/lib/gallery/layout";
import { readManifest } from "@/lib/gallery/manifest";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/**
 * Whether an item or a document was erased, as far as its id tells; when that is not enough, it is read who made it and asked again.
 * `not yet` when its tombstone is not in storage: until then nothing may be removed.
 */
export type IsErased = (id: string, made: Made | null) => "yes" | "not yet" | "no" | "ask who made it";

/** Objects that were removed, and those that were not and should have been; also those of which it could not be read whose they are. */
export type Removal = { removed: number; left: number };

const itemsAtOnce = 4;

/**
 * Removes every object of what was erased, also of those that were quarantined. Tombstones make erasing true, so this can be interrupted
 * and repeated at any time; on a mounted bucket, where a removal can be undone by a crash, it has to be.
 * @throws StorageFailure when a listing could not be completed
 */
export async function removeLeftovers(store: ObjectStore, isErased: IsErased): Promise<Removal> {
  const total = { removed: 0, left: 0 };
  for (const folder of [...layout.shards, layout.quarantine]) {
    const leftovers = leftoversIn(store, folder, isErased);
    const removals = mapConcurrently(leftovers, itemsAtOnce, async ({ names, verdict }) =>
      verdict === "yes" ? remove(store, names) : { removed: 0, left: names.length },
    );
    for await (const { removed, left } of removals) {
      total.removed += removed;
      total.left += left;
    }
  }
  return total;
}

type Leftovers = { names: string[]; verdict: "yes" | "not yet" | "unreadable" };

async function* leftoversIn(store: ObjectStore, folder: string, isErased: IsErased): AsyncIterable<Leftovers> {
  const items = new Map<string, string[]>();
  for await (const name of store.list(folder)) {
    const id = layout.parseObjectName(name)?.id;
    if (id) items.set(id, [...(items.get(id) ?? []), name]);
  }
  for (const [id, names] of items) {
    const answer = isErased(id, null);
    const made = answer === "ask who made it" ? await madeAmong(store, id, names) : null;
    const verdict = made === "unreadable" ? made : made ? isErased(id, made) : answer;
    if (verdict !== "no" && verdict !== "ask who made it") yield { names, verdict };
  }
}

const isManifest = (name: string) => layout.parseObjectName(name)?.kind === "manifest";

async function madeAmong(store: ObjectStore, id: string, names: readonly string[]): Promise<Made | "unreadable" | null> {
  try {
    for (const name of names) {
      const parsed = layout.parseItemName(name);
      if (!parsed || parsed.kind === "mark") continue;
      const bytes = await store.read(name);
      const manifest = bytes && parsed.kind === "manifest" ? readManifest(id, bytes) : null;
      const edit = bytes && parsed.kind === "edit" ? readEdit(id, parsed.stamp, bytes) : null;
      if (manifest) return manifest;
      if (edit) return madeOf(edit);
    }
    return null;
  } catch (error) {
    if (error instanceof StorageFailure) return "unreadable";
    throw error;
  }
}

// The manifest goes last, and only when everything else is gone: until then it tells whose that is.
async function remove(store: ObjectStore, names: readonly string[]): Promise<Removal> {
  const total = { removed: 0, left: 0 };
  for (const name of names.toSorted((a, b) => Number(isManifest(a)) - Number(isManifest(b)))) {
    if (!(isManifest(name) && total.left > 0) && (await isGone(store, name))) total.removed += 1;
    else total.left += 1;
  }
  return total;
}

// Seen to be gone, not only said to be.
async function isGone(store: ObjectStore, name: string): Promise<boolean> {
  try {
    await store.remove(name);
    return (await store.read(name)) === null;
  } catch (error) {
    if (error instanceof StorageFailure) return false;
    throw error;
  }
}
