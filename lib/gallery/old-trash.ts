/** Erases by itself what was thrown away long ago. What says so is read from storage: another replica may have brought it back. */
import "server-only";
import type { Archive } from "@/lib/gallery/archive";
import type { Catalog } from "@/lib/gallery/catalog";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import type { Document } from "@/lib/gallery/document";
import { trashDays } from "@/lib/gallery/generation";
import { record } from "@/lib/gallery/library";
import { StorageFailure } from "@/lib/storage/object-store";

const dayMs = 86_400_000;
/** What is restored at the last moment has a day to become known everywhere, also where a clock is ahead. */
const graceDays = 1;
const atOnce = 200;

/**
 * Erases for good what has been in the trash for longer than `trashDays` and a day; resolves with how many items that were. Each is looked
 * at again in its turn: what was restored a moment ago stays, as does what cannot be read at present.
 * @throws StorageFailure
 */
export async function eraseOldTrash(archive: Archive, catalog: Catalog, now = Date.now()): Promise<number> {
  const before = lastMoment(now);
  const old = catalog.trashedBefore(before, atOnce);
  const listing = await archive.list(old.map(({ id }) => id));
  let erased = 0;
  for (const { owner, id } of old) {
    await inTurn(itemTurns(), id, async () => {
      const item = catalog.find(owner, id);
      if (!item || !isBefore(item.marks.trashedAt, before)) return;
      const marks = await ifReadable(archive.marksOf(item, listing));
      if (!marks) return;
      if (!isBefore(marks.trashedAt, before)) return record(() => catalog.put([{ manifest: item.manifest, marks }]));
      await archive.erase(item.manifest);
      record(() => catalog.erase([id]));
      erased += 1;
    });
  }
  return erased;
}

/** The same for collections that were removed, of which the pictures stay, and for links that were revoked or ran out. @throws StorageFailure */
export async function eraseRemovedDocuments(archive: Archive, catalog: Catalog, now = Date.now()): Promise<number> {
  const before = lastMoment(now);
  const old = catalog.documents.endedBefore(before, atOnce);
  const listing = await archive.list(old.map(({ id }) => id));
  let erased = 0;
  for (const { id, owner, kind } of old) {
    await inTurn(itemTurns(), `${kind}s of ${owner}`, async () => {
      const document: Document | null = catalog.documents.find(owner, kind, id);
      // A tombstone ends whatever bears its id.
      if (!document || !isBefore(endOf(document), before) || catalog.marksOf(id) !== null) return;
      const stored = await ifReadable(archive.documentOf(document, listing));
      if (!stored) return;
      if (!isBefore(endOf(stored), before)) return record(() => catalog.documents.put(stored));
      await archive.erase({ id });
      record(() => catalog.erase([id]));
      erased += 1;
    });
  }
  return erased;
}

function lastMoment(now: number): number {
  return now - (trashDays + graceDays) * dayMs;
}

function isBefore(end: string | null, moment: number): boolean {
  return end !== null && Date.parse(end) < moment;
}

function endOf({ kind, fields }: Document): string | null {
  return fields.removedAt ?? (kind === "share" ? fields.expiresAt : null) ?? null;
}

// One that cannot be read is no reason to keep all others.
async function ifReadable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StorageFailure) return null;
    throw error;
  }
}
