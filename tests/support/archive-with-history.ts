/** An archive in memory of two people with marks, a trash and things that were erased; and all that a catalog says about people. */
import { type Archive, openArchive } from "@/lib/gallery/archive";
import { type Catalog, openCatalog, type View } from "@/lib/gallery/catalog";
import { catchUp } from "@/lib/gallery/catch-up";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { memoryStore } from "@/tests/support/memory-store";

const everything = { limit: 200, after: null };
export const views: View[] = [false, true].flatMap((trashed) => [undefined, true, false].map((favorite) => ({ trashed, favorite })));

/** All that a catalog says about some people, in every view. */
export function contents(catalog: Catalog, owners: readonly string[]) {
  return owners.map((owner) => ({ usage: catalog.usage(owner), pages: views.map((view) => catalog.page(owner, view, everything)) }));
}

export async function archiveWithHistory(store = memoryStore()) {
  const archive = await openArchive(store, null);
  await addHistory(archive);
  return { store, archive };
}

/** Of 24 pictures of alice and bob, half marked, a few in the trash, a few erased. */
export async function addHistory(archive: Archive): Promise<void> {
  for (let n = 0; n < 24; n += 1) {
    let item = await archive.keep(manifestOf(n % 3 ? "alice" : "bob"), someImage, someThumbnail, new AbortController().signal);
    if (n % 2) item = await archive.mark(item, { favorite: true, title: `Number ${n}` });
    if (n % 5 === 0) item = await archive.mark(item, { trashedAt: "2026-11-21T10:00:00.000Z" });
    if (n % 10 === 0) await archive.erase(item.manifest);
  }
}

export async function openAndCatchUp(folder: string, archive: Archive): Promise<Catalog> {
  const catalog = openCatalog(folder);
  catalog.belongTo(archive.id);
  await catchUp(archive, catalog);
  return catalog;
}
