import "server-only";
import type { Archive } from "@/lib/gallery/archive";
import type { Catalog } from "@/lib/gallery/catalog";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import { trashDays } from "@/lib/gallery/generation";
import { record } from "@/lib/gallery/library";

const dayMs = 86_400_000;
const atOnce = 200;

/**
 * Erases for good what has been in the trash for longer than `trashDays`; resolves with how many items that were. Each is looked at again
 * in its turn: what was restored a moment ago stays.
 * @throws StorageFailure
 */
export async function eraseOldTrash(archive: Archive, catalog: Catalog, now = Date.now()): Promise<number> {
  const before = now - trashDays * dayMs;
  let erased = 0;
  for (const { owner, id } of catalog.trashedBefore(before, atOnce)) {
    await inTurn(itemTurns(), id, async () => {
      const item = catalog.find(owner, id);
      if (!item || item.marks.trashedAt === null || Date.parse(item.marks.trashedAt) >= before) return;
      await archive.erase(item.manifest);
      record(() => catalog.erase([id]));
      erased += 1;
    });
  }
  return erased;
}

/** The same for collections that were removed, of which the pictures stay, and links that were revoked. @throws StorageFailure */
export async function eraseRemovedDocuments(archive: Archive, catalog: Catalog, now = Date.now()): Promise<number> {
  const before = now - trashDays * dayMs;
  const removed = catalog.documents.removedBefore(before, atOnce);
  for (const { id } of removed) {
    await archive.erase({ id });
    record(() => catalog.erase([id]));
  }
  return removed.length;
}
