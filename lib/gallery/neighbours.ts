import "server-only";
import { withLibrary } from "@/lib/gallery/library";
import type { ListQuery } from "@/lib/gallery/list-query";

/** The ids of the pictures before and after one in a list; null at its ends, and for what is not in it. */
export type Neighbours = { previous: string | null; next: string | null };

/** The neighbours of a picture within what is looked for, in the order of that list. @throws Failure `storage_unavailable` */
export function neighboursOf(owner: string, id: string, { q, sort, ...query }: ListQuery): Promise<Neighbours> {
  return withLibrary(async ({ catalog }) => {
    const item = catalog.find(owner, id);
    if (!item || item.marks.trashedAt !== null) return { previous: null, next: null };
    const { favorite, collection, generator, model, size, from, to } = query;
    const after = { createdAt: Date.parse(item.manifest.createdAt), id };
    const beside = (oldestFirst: boolean) => {
      const wanted = { words: q?.trim() || undefined, favorite, collection, generator, model, size, from, to, oldestFirst };
      return catalog.nextTo(owner, wanted, after);
    };
    return { previous: beside(sort !== "oldest"), next: beside(sort === "oldest") };
  });
}
