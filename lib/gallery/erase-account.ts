import "server-only";
import type { Catalog } from "@/lib/gallery/catalog";
import type { Position } from "@/lib/gallery/cursor";
import { madeOf } from "@/lib/gallery/document";
import { limits } from "@/lib/gallery/generation";
import { accountKey, accountTombstoneName, tombstoneName } from "@/lib/gallery/layout";
import { record, untilWhole, withLibrary } from "@/lib/gallery/library";
import { replaceSnapshots } from "@/lib/gallery/newer-snapshot";
import { notYetSaved } from "@/lib/gallery/not-yet-saved";
import { scheduleSweep, whatWasErased } from "@/lib/gallery/sweep";
import { StorageFailure } from "@/lib/storage/object-store";

/** What was erased, for the person to see. `objectsLeft` is null when that cannot be said yet: what is left is removed later. */
export type ErasureProof = {
  pictures: number;
  collections: number;
  links: number;
  bytes: number;
  objectsRemoved: number;
  objectsLeft: number | null;
};

const longestWaitMs = 30_000;
/** How long the tombstone is waited for; nothing is removed before storage has it. */
const patienceMs = 2000;

/**
 * Erases everything that a person has made up to now. First all of it is hidden for good, everywhere, by one tombstone; then every
 * object is removed, and it is counted what is still there.
 * @throws Failure `storage_full`, `storage_unavailable`; nothing is erased then
 */
export function eraseAccount(owner: string): Promise<ErasureProof> {
  return withLibrary(async (library) => {
    const { archive, catalog, outbox, thumbnails, bareJpegs } = library;
    // Only then is known how much it was, but for the little that may stay unreadable.
    await untilWhole(library, longestWaitMs);
    const erased = { account: accountKey(owner), before: Date.now() };
    const { count, trashed, bytes } = catalog.usage(owner);
    const collections = catalog.documents.list(owner, "collection").length;
    const links = catalog.documents.list(owner, "share").length;
    const later = madeLater(catalog, owner, erased.before);
    await archive.eraseAccount(erased, later);
    record(() => {
      catalog.eraseAccount(erased);
      catalog.erase(later);
    });
    scheduleSweep();
    const proof = { pictures: count + trashed, collections, links, bytes, objectsRemoved: 0, objectsLeft: null };
    try {
      await Promise.all([thumbnails, bareJpegs].map((cache) => cache.keepOnly(catalog.knows)));
      const isSaved = await outbox.untilGone([accountTombstoneName(erased), ...later.map(tombstoneName)], patienceMs);
      if (!isSaved) return proof;
      const { removed, left } = await archive.removeLeftovers(whatWasErased(catalog, notYetSaved(outbox)));
      // The words of what was erased stand in snapshots, too.
      const snapshotsLeft = await replaceSnapshots({ snapshots: archive.snapshots, catalog, isWaiting: notYetSaved(outbox) }, Date.now());
      return { ...proof, objectsRemoved: removed, objectsLeft: left + snapshotsLeft };
    } catch (error) {
      // It is erased all the same, and sweeps remove what is left.
      if (!(error instanceof StorageFailure)) console.warn("account: what is left of one that was erased will be removed later", error);
      return proof;
    }
  });
}

// What is here and bears a later time than ours was made by a clock that is ahead. The account's tombstone does not reach it, and must not:
// reaching so far, it would also take what is made from now on. Each has a tombstone of its own.
function madeLater(catalog: Catalog, owner: string, before: number): string[] {
  const isLater = ({ createdAt }: { createdAt: string }) => Date.parse(createdAt) > before;
  const documents = (["collection", "share"] as const).flatMap((kind) => catalog.documents.list(owner, kind));
  const ids = documents.filter((document) => isLater(madeOf(document))).map(({ id }) => id);
  for (const trashed of [false, true]) {
    for (let after: Position | null | undefined; after !== null; ) {
      const { items, next } = catalog.page(owner, { trashed }, { limit: limits.largestPage, after: after ?? null });
      const later = items.filter(({ manifest }) => isLater(manifest));
      ids.push(...later.map(({ manifest }) => manifest.id));
      after = later.length === items.length ? next : null;
    }
  }
  return ids;
}
