import "server-only";
import type { Archive } from "@/lib/gallery/archive";
import type { Catalog } from "@/lib/gallery/catalog";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import type { Document } from "@/lib/gallery/document";
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

/** The same for collections that were removed, of which the pictures stay, and for links that were revoked or ran out. @throws StorageFailure */
export async function eraseRemovedDocuments(archive: Archive, catalog: Catalog, now = Date.now()): Promise<number> {
  const before = now - trashDays * dayMs;
  let erased = 0;
  for (const { id, owner, kind } of catalog.documents.endedBefore(before, atOnce)) {
    await inTurn(itemTurns(), `${kind}s of ${owner}`, async () => {
      const document: Document | null = catalog.documents.find(owner, kind, id);
      const end = document && endOf(document);
      // A tombstone ends whatever bears its id.
      if (!end || Date.parse(end) >= before || catalog.marksOf(id) !== null) return;
      await archive.erase({ id });
      record(() => catalog.erase([id]));
      erased += 1;
    });
  }
  return erased;
}

function endOf({ kind, fields }: Document): string | null {
  return fields.removedAt ?? (kind === "share" ? fields.expiresAt : null) ?? null;
}
