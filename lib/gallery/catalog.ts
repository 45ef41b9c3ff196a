/** The catalog: an index over the archive that answers what a page asks. It can be deleted at any time and is then made anew. */
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { openDatabase } from "@/lib/gallery/catalog/database";
import { type Documents, openDocuments } from "@/lib/gallery/catalog/documents";
import { type Inventory, openInventory } from "@/lib/gallery/catalog/inventory";
import { type Maker, openMadeWith } from "@/lib/gallery/catalog/made-with";
import { openQuarantine } from "@/lib/gallery/catalog/quarantine";
import { itemOf, rowOf } from "@/lib/gallery/catalog/rows";
import { openIndex, type Wanted } from "@/lib/gallery/catalog/search";
import type { Position } from "@/lib/gallery/cursor";
import type { Made } from "@/lib/gallery/document";
import { accountKey, type ErasedAccount } from "@/lib/gallery/layout";
import type { Tally } from "@/lib/gallery/tally";

/** Which part of a gallery: what is in the trash or what is not, and of that all, or only what is a favourite or is not. */
export type View = { trashed: boolean; favorite?: boolean | undefined };

export type CatalogPage = { items: ArchivedItem[]; next: Position | null; total: number };

/** `count` without what is in the trash; `bytes` of all images, also of those in the trash. */
export type Usage = { count: number; trashed: number; bytes: number };

export type Catalog = {
  /** The id of the archive that this catalog belongs to; null when it is new. */
  archive(): string | null;
  belongTo(archive: string): void;
  /** Records items in one transaction. One that was erased, or of which as much is known (see `isAsFar`), stays as it is. */
  put(items: readonly ArchivedItem[]): void;
  /** Forgets items for good: none of them can be put again. */
  erase(ids: readonly string[]): void;
  /** Forgets everything of an account that was made up to a moment: none of it can be put again. */
  eraseAccount(erased: ErasedAccount): void;
  /** True when an item was erased by itself. */
  isErased(id: string): boolean;
  /** True when what somebody made was erased with their account. */
  isErasedWithAccount(made: Made): boolean;
  /** How far the marks of an item are known; null when it is not. */
  marksOf(id: string): Tally | null;
  /** Whether an id is one of a picture or of a document, whoever's it is. */
  knows(id: string): boolean;
  find(owner: string, id: string): ArchivedItem | null;
  /** A page, newest first, after a position. */
  page(owner: string, view: View, options: { limit: number; after: Position | null }): CatalogPage;
  /** A page of what is not in the trash and is wanted, in the wanted order, after a position. */
  search(owner: string, wanted: Wanted, options: { limit: number; after: Position | null }): CatalogPage;
  /** The id of what comes next in such a search after a position; null at its end. What else there is, is not counted. */
  nextTo(owner: string, wanted: Wanted, after: Position): string | null;
  /** The generators, each with its models, of everything that is not in the trash; `model` is null where there is none. In their order. */
  madeWith(owner: string): Maker[];
  usage(owner: string): Usage;
  /** Some of what everybody moved to the trash before a moment, in milliseconds since 1970. */
  trashedBefore(moment: number, most: number): { owner: string; id: string }[];
  /** Hides items that do not verify, until they are released; of one that is hidden already, puts off the next look. `now` in ms. */
  quarantine(ids: readonly string[], now: number): void;
  /** Lets an item that verifies again be put. */
  release(id: string): void;
  /** When an item in quarantine is worth another look, in ms since 1970; null when it is not in quarantine. */
  nextLook(id: string): number | null;
  /** How many items of all people there are, and how many are in quarantine. */
  count(): { items: number; quarantined: number };
  documents: Documents;
  close(): void;
} & Inventory;

/**
 * Opens the catalog in a folder on local disk; an unusable one is replaced by an empty one.
 * @throws Error of node:sqlite or node:fs when the folder cannot be used at all
 */
export function openCatalog(folder: string): Catalog {
  const database = openDatabase(folder);
  const inTransaction = (work: () => void) => {
    database.exec("BEGIN IMMEDIATE");
    try {
      work();
      database.exec("COMMIT");
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };
  const insert = database.prepare(`
    INSERT INTO items SELECT :key, :owner, :id, :createdAt, :favorite, :title, :trashedAt, :collections, :markCount, :newestMark, :bytes,
        :generator, :model, :width, :height, :manifest
      WHERE NOT EXISTS (SELECT 1 FROM erased WHERE id = :id)
        AND NOT EXISTS (SELECT 1 FROM quarantined WHERE id = :id)
        AND NOT EXISTS (SELECT 1 FROM erased_accounts WHERE account = :account AND before >= :createdAt)
      ON CONFLICT (id, owner) DO UPDATE SET favorite = excluded.favorite, title = excluded.title, trashed_at = excluded.trashed_at,
        collections = excluded.collections, mark_count = excluded.mark_count, newest_mark = excluded.newest_mark
        WHERE (excluded.mark_count, excluded.newest_mark) > (items.mark_count, items.newest_mark)`);
  const index = openIndex(database);
  const madeWith = openMadeWith(database);
  const quarantine = openQuarantine(database);
  const documents = openDocuments(database);
  const remember = database.prepare("INSERT INTO erased VALUES (?) ON CONFLICT DO NOTHING");
  const remove = database.prepare("DELETE FROM items WHERE id = ? RETURNING key");
  const erasedItem = database.prepare("SELECT 1 FROM erased WHERE id = ?");
  const rememberAccount = database.prepare(
    "INSERT INTO erased_accounts VALUES (?, ?) ON CONFLICT DO UPDATE SET before = excluded.before WHERE excluded.before > before",
  );
  const removeAccount = database.prepare("DELETE FROM items WHERE owner = ? AND created_at <= ? RETURNING key");
  const erasedAccount = database.prepare("SELECT 1 FROM erased_accounts WHERE account = ? AND before >= ?");
  const owners = database.prepare("SELECT DISTINCT owner FROM counts");
  const known = database.prepare("SELECT mark_count AS count, newest_mark AS newest FROM items WHERE id = ? ORDER BY mark_count DESC");
  const one = database.prepare("SELECT * FROM items WHERE owner = ? AND id = ?");
  const counts = database.prepare("SELECT trashed, favorite, items, bytes FROM counts WHERE owner = ?");
  const countAll = database.prepare("SELECT coalesce(sum(items), 0) AS items FROM counts");
  const addChanges = database.prepare("UPDATE progress SET changes = changes + ?");
  const countsOf = (owner: string) => counts.all(owner) as { trashed: number; favorite: number; items: number; bytes: number }[];

  return {
    archive: () => (database.prepare("SELECT id FROM archive").get()?.id as string | undefined) ?? null,
    belongTo: (archive) =>
      inTransaction(() => {
        database.exec("DELETE FROM archive");
        database.prepare("INSERT INTO archive VALUES (?)").run(archive);
      }),
    put: (items) =>
      inTransaction(() => {
        let changes = 0;
        for (const item of items) {
          const key = index.keyFor(item.manifest);
          if (insert.run({ key, account: accountKey(item.manifest.owner), ...rowOf(item) }).changes === 0) continue;
          index.put(key, item);
          changes += 1;
        }
        addChanges.run(changes);
      }),
    erase: (ids) =>
      inTransaction(() => {
        let changes = 0;
        for (const id of ids) {
          changes += Number(remember.run(id).changes);
          quarantine.remove(id);
          for (const { key } of remove.all(id)) index.remove(key as number);
        }
        addChanges.run(changes);
      }),
    eraseAccount: ({ account, before }) =>
      inTransaction(() => {
        if (rememberAccount.run(account, before).changes === 0) return;
        addChanges.run(1);
        for (const { owner } of owners.all() as { owner: string }[]) {
          if (accountKey(owner) !== account) continue;
          for (const { key } of removeAccount.all(owner, before)) index.remove(key as number);
        }
      }),
    isErased: (id) => erasedItem.get(id) !== undefined,
    isErasedWithAccount: ({ owner, createdAt }) => erasedAccount.get(accountKey(owner), Date.parse(createdAt)) !== undefined,
    marksOf: (id) => (known.get(id) as Tally | undefined) ?? null,
    knows: (id) => known.get(id) !== undefined || documents.editsOf(id) !== null,
    find(owner, id) {
      const row = one.get(owner, id);
      return row ? itemOf(row) : null;
    },
    page(owner, view, { limit, after }) {
      const { createdAt, id } = after ?? { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
      const rows = database
        .prepare(`SELECT * FROM items WHERE owner = ? AND ${conditionOf(view)} AND (created_at, id) < (?, ?)
          ORDER BY created_at DESC, id DESC LIMIT ?`)
        .all(owner, createdAt, id, limit + 1);
      const items = rows.slice(0, limit).map(itemOf);
      const last = items.at(-1)?.manifest;
      const next = last && rows.length > limit ? { createdAt: Date.parse(last.createdAt), id: last.id } : null;
      const counted = countsOf(owner).filter((row) => row.trashed === Number(view.trashed));
      const viewed = counted.filter((row) => view.favorite === undefined || row.favorite === Number(view.favorite));
      return { items, next, total: sum(viewed.map((row) => row.items)) };
    },
    search: (owner, wanted, options) => {
      const { rows, next, total } = index.search(owner, wanted, options);
      return { items: rows.map(itemOf), next, total };
    },
    nextTo: (owner, wanted, after) => (index.nextTo(owner, wanted, after)?.id as string | undefined) ?? null,
    trashedBefore: (moment, most) =>
      database.prepare("SELECT owner, id FROM items WHERE trashed_at IS NOT NULL AND trashed_at < ? LIMIT ?").all(moment, most) as {
        owner: string;
        id: string;
      }[],
    madeWith,
    usage(owner) {
      const rows = countsOf(owner);
      const itemsIn = (trashed: number) => sum(rows.filter((row) => row.trashed === trashed).map((row) => row.items));
      return { count: itemsIn(0), trashed: itemsIn(1), bytes: sum(rows.map((row) => row.bytes)) };
    },
    quarantine: (ids, now) =>
      inTransaction(() => {
        for (const id of ids) {
          quarantine.add(id, now);
          for (const { key } of remove.all(id)) index.remove(key as number);
        }
      }),
    release: (id) => quarantine.remove(id),
    nextLook: quarantine.nextLook,
    count: () => ({ items: countAll.get()?.items as number, quarantined: quarantine.count() }),
    documents,
    ...openInventory(database, documents),
    close: () => database.close(),
  };
}

// Written out rather than bound, so that the planner recognises the index of the view.
function conditionOf({ trashed, favorite }: View): string {
  const place = trashed ? "trashed_at IS NOT NULL" : "trashed_at IS NULL";
  return favorite === undefined ? place : `${place} AND favorite = ${Number(favorite)}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
