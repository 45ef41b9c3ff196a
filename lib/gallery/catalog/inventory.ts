import type { DatabaseSync } from "node:sqlite";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Documents } from "@/lib/gallery/catalog/documents";
import { itemOf } from "@/lib/gallery/catalog/rows";
import type { Document } from "@/lib/gallery/document";
import type { ErasedAccount } from "@/lib/gallery/layout";

/** The catalog as a whole, of all people. */
export type Inventory = {
  /** Everything, as it is while it is read: other work may be done meanwhile. What was erased comes first, then documents, then items, newest first. */
  all(): Iterable<{ erased: string } | { erasedAccount: ErasedAccount } | { document: Document } | { item: ArchivedItem }>;
  /** The ids of all items. */
  ids(): Iterable<string>;
  /** How much was put and erased since the newest snapshot that is known, and when that was taken, in ms since 1970. */
  progress(): { changes: number; snapshotAt: number | null };
  /** Remembers that a snapshot holds all of this but so many changes. */
  snapshotTaken(at: number, changes: number): void;
};

const rowsAtOnce = 500;

/** Reads a few rows at a time, so that memory does not grow with the catalog. */
export function openInventory(database: DatabaseSync, documents: Documents): Inventory {
  return {
    *all() {
      for (const { id } of database.prepare("SELECT id FROM erased").all()) yield { erased: id as string };
      const accounts = database.prepare("SELECT account, before FROM erased_accounts").all() as ErasedAccount[];
      for (const { account, before } of accounts) yield { erasedAccount: { account, before } };
      for (const document of documents.all()) yield { document };
      const older = database.prepare("SELECT * FROM items WHERE key < ? ORDER BY key DESC LIMIT ?");
      for (let key: number | undefined = Number.MAX_SAFE_INTEGER; key !== undefined; ) {
        const rows = older.all(key, rowsAtOnce);
        for (const row of rows) yield { item: itemOf(row) };
        key = rows.at(-1)?.key as number | undefined;
      }
    },
    *ids() {
      const newer = database.prepare("SELECT key, id FROM items WHERE key > ? ORDER BY key LIMIT ?");
      for (let key: number | undefined = -Number.MAX_SAFE_INTEGER; key !== undefined; ) {
        const rows = newer.all(key, rowsAtOnce);
        for (const { id } of rows) yield id as string;
        key = rows.at(-1)?.key as number | undefined;
      }
    },
    progress() {
      const row = database.prepare("SELECT changes, snapshot_at FROM progress").get();
      return { changes: row?.changes as number, snapshotAt: row?.snapshot_at as number | null };
    },
    snapshotTaken: (at, changes) => void database.prepare("UPDATE progress SET changes = ?, snapshot_at = ?").run(changes, at),
  };
}
