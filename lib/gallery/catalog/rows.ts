/** An item as a row of the catalog, and back. */
import type { SQLOutputValue } from "node:sqlite";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Manifest } from "@/lib/gallery/manifest";

export function rowOf({ manifest, marks }: ArchivedItem) {
  return {
    owner: manifest.owner,
    id: manifest.id,
    createdAt: Date.parse(manifest.createdAt),
    favorite: Number(marks.favorite),
    title: marks.title,
    trashedAt: marks.trashedAt === null ? null : Date.parse(marks.trashedAt),
    collections: JSON.stringify(marks.collections),
    markCount: marks.count,
    newestMark: marks.newest,
    bytes: manifest.image.bytes,
    generator: manifest.generator,
    model: manifest.model ?? "",
    width: manifest.image.width,
    height: manifest.image.height,
    manifest: JSON.stringify(manifest),
  };
}

// The database is ours alone and checked when it is opened: what was written as a manifest is one.
export function itemOf(row: Record<string, SQLOutputValue>): ArchivedItem {
  const trashedAt = row.trashed_at as number | null;
  return {
    manifest: JSON.parse(row.manifest as string) as Manifest,
    marks: {
      favorite: row.favorite === 1,
      title: row.title as string | null,
      trashedAt: trashedAt === null ? null : new Date(trashedAt).toISOString(),
      collections: JSON.parse(row.collections as string) as Record<string, boolean>,
      count: row.mark_count as number,
      newest: row.newest_mark as number,
    },
  };
}
