/** Removes, in the background, what is left of erased items and of processes that were killed. */
import "server-only";
import path from "node:path";
import { config } from "@/lib/config";
import type { Catalog } from "@/lib/gallery/catalog";
import { accountKey } from "@/lib/gallery/layout";
import type { IsErased, Removal } from "@/lib/gallery/leftovers";
import { withLibrary } from "@/lib/gallery/library";
import { type IsWaiting, notYetSaved } from "@/lib/gallery/not-yet-saved";
import { eraseOldTrash, eraseRemovedDocuments } from "@/lib/gallery/old-trash";
import type { Replica } from "@/lib/gallery/replica";
import { planSweeps } from "@/lib/gallery/sweep-plan";
import { processWide } from "@/lib/process-wide";
import { volumeFiles } from "@/lib/storage/volume/files";

const temporaryForMs = 24 * 3_600_000;

/** Sweeps soon, and again until nothing is left, see `planSweeps`. */
export function scheduleSweep(): void {
  processWide("sweep", () => planSweeps(sweep)).soon();
}

/**
 * One sweep: erases what has been in the trash for too long, and removes what is left of all that was erased, in storage and in the
 * caches on local disk. Resolves with how many objects it removed from storage, and how many it could not.
 * @throws Failure `storage_unavailable`
 */
export async function sweep(): Promise<Removal> {
  const swept = await withLibrary(async ({ archive, catalog, outbox, replica, thumbnails, bareJpegs }) => {
    if (knowsAll(replica)) {
      await eraseOldTrash(archive, catalog);
      await eraseRemovedDocuments(archive, catalog);
    }
    // A catalog that is being made anew knows little: by that, nearly everything would be forgotten.
    if (replica.isSettled()) await Promise.all([thumbnails, bareJpegs].map((cache) => cache.keepOnly(catalog.knows)));
    return archive.removeLeftovers(whatWasErased(catalog, notYetSaved(outbox)));
  });
  const { dataDir, s3 } = config();
  if (!s3)
    await volumeFiles()
      .files.removeOld(path.join(dataDir, "tmp"), temporaryForMs)
      .catch(() => undefined);
  return swept;
}

// Nobody asked for what is erased by itself, so it can wait for better times.
function knowsAll(replica: Replica): boolean {
  return replica.isComplete() && replica.problem() === null;
}

/** What the catalog knows to be there was not erased; what it does not know may have been, by itself or with its owner's account. */
export function whatWasErased(catalog: Catalog, isWaiting: IsWaiting): IsErased {
  return (id, made) => {
    if (catalog.knows(id)) return "no";
    if (catalog.isErased(id)) return isWaiting(id) ? "not yet" : "yes";
    if (!made) return "ask who made it";
    if (!catalog.isErasedWithAccount(made)) return "no";
    return isWaiting({ account: accountKey(made.owner) }) ? "not yet" : "yes";
  };
}
