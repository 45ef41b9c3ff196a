import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { type Library, record } from "@/lib/gallery/library";
import type { Listing } from "@/lib/gallery/listed";
import { Failure } from "@/lib/http/errors";

/**
 * Makes sure that an item is in the trash in storage, too, since another replica may have restored it. A listing that is given is one of
 * a moment ago that was made for many.
 * @throws Failure `not_in_trash`, `not_found`; StorageFailure, also when storage does not show at present all that is known here
 */
export async function requireInTrash({ archive, catalog }: Library, item: ArchivedItem, given?: Listing): Promise<void> {
  const { manifest, marks } = item;
  if (marks.trashedAt === null) throw new Failure("not_in_trash");
  const { id, owner } = manifest;
  const listing = given ?? (await archive.list([id]));
  if (!listing.has(id) && !(await archive.find(id, owner))) throw new Failure("not_found");
  const stored = await archive.marksOf(item, listing);
  if (stored.trashedAt !== null) return;
  record(() => catalog.put([{ manifest, marks: stored }]));
  throw new Failure("not_in_trash");
}
