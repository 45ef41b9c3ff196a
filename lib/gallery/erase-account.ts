import "server-only";
import { accountKey, accountTombstoneName } from "@/lib/gallery/layout";
import { record, untilWhole, withLibrary } from "@/lib/gallery/library";
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
    const { archive, catalog, outbox, thumbnails } = library;
    // Only then can be said how much it was.
    await untilWhole(library, longestWaitMs);
    const erased = { account: accountKey(owner), before: Date.now() };
    const { count, trashed, bytes } = catalog.usage(owner);
    const collections = catalog.documents.list(owner, "collection").length;
    const links = catalog.documents.list(owner, "share").length;
    await archive.eraseAccount(erased);
    record(() => catalog.eraseAccount(erased));
    await thumbnails.forgetAll();
    scheduleSweep();
    const proof = { pictures: count + trashed, collections, links, bytes };
    const isSaved = await outbox.untilGone([accountTombstoneName(erased)], patienceMs);
    if (!isSaved) return { ...proof, objectsRemoved: 0, objectsLeft: null };
    try {
      const { removed, left } = await archive.removeLeftovers(whatWasErased(catalog, notYetSaved(outbox)));
      return { ...proof, objectsRemoved: removed, objectsLeft: left };
    } catch (error) {
      if (error instanceof StorageFailure) return { ...proof, objectsRemoved: 0, objectsLeft: null };
      throw error;
    }
  });
}
