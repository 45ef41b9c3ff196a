import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { type Library, record } from "@/lib/gallery/library";
import type { Listing } from "@/lib/gallery/listed";
import { Failure } from "@/lib/http/errors";
import { StorageFailure } from "@/lib/storage/object-store";

/**
 * Makes sure that an item is in the trash in storage, too, since another replica may have restored it. `listing` is one of a moment ago
 * that was made for many.
 * @throws Failure `not_in_trash`, `not_found`; StorageFailure, also when storage does not show at present all that is known here
 */
export async function requireInTrash({ archive, catalog }: Library, { manifest, marks }: ArchivedItem, listing?: Listing): Promise<void> {
  if (marks.trashedAt === null) throw new Failure("not_in_trash");
  const { id, owner } = manifest;
  const listed = (listing ?? (await archive.list([id]))).get(id);
  if (!listed && !(await archive.find(id, owner))) throw new Failure("not_found");
  const stored = listed && (await archive.marksOf(listed));
  // A mounted bucket may leave out for a while what was just published.
  if (!stored || stored.newest < marks.newest) throw new StorageFailure(`${id} is not listed as it is known`, { cause: null });
  if (stored.trashedAt !== null) return;
  record(() => catalog.put([{ manifest, marks: stored }]));
  throw new Failure("not_in_trash");
}
