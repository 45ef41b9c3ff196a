import "server-only";
import type { Catalog } from "@/lib/gallery/catalog";
import { mapConcurrently } from "@/lib/gallery/concurrency";
import type { Position } from "@/lib/gallery/cursor";
import { madeOf } from "@/lib/gallery/document";
import { limits } from "@/lib/gallery/generation";
import { accountKey, accountTombstoneName, tombstoneName } from "@/lib/gallery/layout";
import { record, untilWhole, withLibrary } from "@/lib/gallery/library";
import { replaceSnapshots } from "@/lib/gallery/newer-snapshot";
import { notYetSaved } from "@/lib/gallery/not-yet-saved";
import { scheduleSweep, whatWasErased } from "@/lib/gallery/sweep";
import { StorageFailure } from "@/lib/storage/object-store";

/** What was erased, for the person to see. `objectsLeft` is null when storage did not answer: then it is removed as soon as it does. */
export type ErasureProof = {
  pictures: number;
  collections: number;
  links: number;
  bytes: number;
  objectsRemoved: number;
  objectsLeft: number | null;
};

const atOnce = 8;
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
    // Only then can be said how much it was.
    await untilWhole(library, longestWaitMs);
    const erased = { account: accountKey(owner), before: Date.now() };
    const { count, trashed, bytes } = catalog.usage(owner);
    const collections = catalog.documents.list(owner, "collection").length;
    const links = catalog.documents.list(owner, "share").length;
    const later = madeLater(catalog, owner, erased.before);
    for await (const _erased of mapConcurrently(later, atOnce, (id) => archive.erase({ id })));
    await archive.eraseAccount(erased);
    record(() => {
      catalog.eraseAccount(erased);
      catalog.erase(later);
    });
    await Promise.all([thumbnails.keepOnly(catalog.knows), bareJpegs.keepOnly(catalog.knows)]);
    scheduleSweep();
    const proof = { pictures: count + trashed, collections, links, bytes };
    const isSaved = await outbox.untilGone([accountTombstoneName(erased), ...later.map(tombstoneName)], patienceMs);
    if (!isSaved) return { ...proof, objectsRemoved: 0, objectsLeft: null };
    try {
      const { removed, left } = await archive.removeLeftovers(whatWasErased(catalog, notYetSaved(outbox)));
      // The words of what was erased stand in snapshots, too.
      const snapshotsLeft = await replaceSnapshots({ snapshots: archive.snapshots, catalog, isWaiting: notYetSaved(outbox) }, Date.now());
      return { ...proof, objectsRemoved: removed, objectsLeft: left + snapshotsLeft };
    } catch (error) {
      if (error instanceof StorageFailure) return { ...proof, objectsRemoved: 0, objectsLeft: null };
      throw error;
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
