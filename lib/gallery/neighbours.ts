import "server-only";
import { withLibrary } from "@/lib/gallery/library";
import { type ListQuery, wantedOf } from "@/lib/gallery/list-query";

/** The ids of the pictures before and after one in a list; null at its ends, and for what is not in it. */
export type Neighbours = { previous: string | null; next: string | null };

/** The neighbours of a picture within what is looked for, in the order of that list. @throws Failure `storage_unavailable` */
export function neighboursOf(owner: string, id: string, query: ListQuery): Promise<Neighbours> {
  return withLibrary(async ({ catalog }) => {
    const item = catalog.find(owner, id);
    if (!item || item.marks.trashedAt !== null) return { previous: null, next: null };
    const wanted = wantedOf(query);
    const after = { createdAt: Date.parse(item.manifest.createdAt), id };
    const beside = (oldestFirst: boolean) => catalog.nextTo(owner, { ...wanted, oldestFirst }, after);
    return { previous: beside(!wanted.oldestFirst), next: beside(wanted.oldestFirst === true) };
  });
}
