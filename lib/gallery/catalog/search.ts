/** Finding: by words of prompt and title, and by facts, in the order of making. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from "node:sqlite";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { indexedText, matchOf } from "@/lib/gallery/catalog/words";
import type { Position } from "@/lib/gallery/cursor";
import type { Manifest } from "@/lib/gallery/manifest";
import { sha256 } from "@/lib/gallery/sealed-json";

/** What is looked for; every part narrows it down. Times are milliseconds since 1970: `from` is included, `to` is not. */
export type Wanted = {
  words?: string | undefined;
  /** What is in a collection of the person. */
  collection?: string | undefined;
  favorite?: boolean | undefined;
  generator?: string | undefined;
  /** As the generator calls it. */
  model?: string | undefined;
  size?: { width: number; height: number } | undefined;
  from?: number | undefined;
  to?: number | undefined;
  oldestFirst?: boolean | undefined;
};

type Row = Record<string, SQLOutputValue>;
type Found = { rows: Row[]; next: Position | null; total: number };

/** The index of words beside the items of a database. The caller sees to transactions. */
export function openIndex(database: DatabaseSync) {
  const ownKey = database.prepare("SELECT key FROM items WHERE id = ? AND owner = ?");
  const taken = database.prepare("SELECT 1 FROM items WHERE key = ?");
  const index = database.prepare("INSERT INTO words (rowid, text) VALUES (?, ?)");
  const forget = database.prepare("DELETE FROM words WHERE rowid = ?");
  const byKey = database.prepare("SELECT * FROM items WHERE key = ?");
  const keyOf = (owner: string, { id, createdAt }: Position) => (ownKey.get(id, owner)?.key as number | undefined) ?? keyAt(createdAt, id);

  type Section = { limit: number; after: Position | null; oldestFirst: boolean | undefined };
  function rowsBeyond(owner: string, { tables, key, conditions, values }: Conditions, { limit, after, oldestFirst }: Section): Row[] {
    const [order, beyond] = oldestFirst ? ["ASC", ">"] : ["DESC", "<"];
    const page = after === null ? "" : ` AND ${key} ${beyond} ${keyOf(owner, after)}`;
    return database
      .prepare(`SELECT ${key} AS key FROM ${tables} WHERE ${conditions.join(" AND ")}${page} ORDER BY ${key} ${order} LIMIT ?`)
      .all(...values, limit)
      .flatMap(({ key: found }) => byKey.all(found as number));
  }

  return {
    /** The key of an item: the one that it has, else the next free one from where its time and id belong. */
    keyFor({ owner, id, createdAt }: Manifest): number {
      const own = ownKey.get(id, owner)?.key as number | undefined;
      if (own !== undefined) return own;
      let key = keyAt(Date.parse(createdAt), id);
      while (taken.get(key)) key += 1;
      return key;
    },
    put(key: number, { manifest, marks }: ArchivedItem): void {
      forget.run(key);
      if (marks.trashedAt === null) index.run(key, indexedText(markOf(manifest.owner), `${marks.title ?? ""}\n${manifest.prompt}`));
    },
    remove(key: number): void {
      forget.run(key);
    },
    search(owner: string, wanted: Wanted, { limit, after }: { limit: number; after: Position | null }): Found {
      const sought = conditionsOf(owner, wanted);
      const { tables, conditions, values } = sought;
      const total = database.prepare(`SELECT count(*) AS total FROM ${tables} WHERE ${conditions.join(" AND ")}`).get(...values)?.total;
      const rows = rowsBeyond(owner, sought, { limit: limit + 1, after, oldestFirst: wanted.oldestFirst });
      const more = rows.splice(limit).length > 0;
      const last = rows.at(-1);
      const next = last && more ? { createdAt: last.created_at as number, id: last.id as string } : null;
      return { rows, next, total: total as number };
    },
    /** The first beyond a position, without counting the others. */
    nextTo(owner: string, wanted: Wanted, after: Position): Row | null {
      return rowsBeyond(owner, conditionsOf(owner, wanted), { limit: 1, after, oldestFirst: wanted.oldestFirst })[0] ?? null;
    },
  };
}

type Conditions = { tables: string; key: string; conditions: string[]; values: SQLInputValue[] };

function conditionsOf(owner: string, wanted: Wanted): Conditions {
  const match = wanted.words === undefined ? null : matchOf(markOf(owner), wanted.words);
  if (match !== null) return byWords(owner, match, wanted);
  return wanted.collection === undefined ? byFacts(owner, wanted) : byCollection(owner, wanted.collection, wanted);
}

function byWords(owner: string, match: string, wanted: Wanted): Conditions {
  const key = "words.rowid";
  const [between, bounds] = betweenTimes(key, wanted);
  const [facts, known] = factsOf(wanted);
  const { collection } = wanted;
  const [within, place] =
    collection === undefined
      ? [[], []]
      : [["EXISTS (SELECT 1 FROM members WHERE owner = ? AND collection = ? AND key = words.rowid)"], [owner, collection]];
  const here = { key, conditions: ["words MATCH ?", ...between, ...within], values: [match, ...bounds, ...place] };
  if (facts.length === 0) return { ...here, tables: "words" };
  // In this order: there are fewer words than items, and they come in the order of the page.
  const joined = "words CROSS JOIN items INDEXED BY found_items ON items.key = words.rowid AND items.trashed_at IS NULL";
  return {
    ...here,
    tables: joined,
    conditions: [...here.conditions, "items.owner = ?", ...facts],
    values: [...here.values, owner, ...known],
  };
}

// A collection may be small in a large gallery: its members come first, in the order of the page.
function byCollection(owner: string, collection: string, wanted: Wanted): Conditions {
  const key = "members.key";
  const [between, bounds] = betweenTimes(key, wanted);
  const [facts, known] = factsOf(wanted);
  const here = { key, conditions: ["members.owner = ?", "collection = ?", ...between], values: [owner, collection, ...bounds] };
  if (facts.length === 0) return { ...here, tables: "members" };
  const joined = "members CROSS JOIN items ON items.key = members.key";
  return { ...here, tables: joined, conditions: [...here.conditions, ...facts], values: [...here.values, ...known] };
}

function byFacts(owner: string, wanted: Wanted): Conditions {
  const [between, bounds] = betweenTimes("key", wanted);
  const [facts, known] = factsOf(wanted);
  const conditions = ["owner = ?", "trashed_at IS NULL", ...between, ...facts];
  // One model's pictures lie next to each other in the order of the page; those of a generator only model by model.
  const index = wanted.generator === undefined || wanted.model === undefined ? "found_items" : "made_items";
  return { tables: `items INDEXED BY ${index}`, key: "key", conditions, values: [owner, ...bounds, ...known] };
}

function betweenTimes(key: string, { from, to }: Wanted): [string[], number[]] {
  const bounds = [from === undefined ? [] : [`${key} >= ?`, firstKeyAt(from)], to === undefined ? [] : [`${key} < ?`, firstKeyAt(to)]];
  const given = bounds.filter((bound) => bound.length > 0) as [string, number][];
  return [given.map(([condition]) => condition), given.map(([, value]) => value)];
}

function factsOf({ favorite, generator, model, size }: Wanted): [string[], SQLInputValue[]] {
  const facts: [string, SQLInputValue][] = [];
  if (favorite !== undefined) facts.push(["favorite = ?", Number(favorite)]);
  if (generator !== undefined) facts.push(["generator = ?", generator]);
  if (model !== undefined) facts.push(["model = ?", model]);
  if (size !== undefined) facts.push(["width = ?", size.width], ["height = ?", size.height]);
  return [facts.map(([condition]) => condition), facts.map(([, value]) => value)];
}

// 64 bits of the owner before every word: a search reads the entries of one person only.
function markOf(owner: string): string {
  return sha256(owner).slice(0, 16);
}

// Milliseconds since 2020 with the counter of the id beneath: whole numbers that JavaScript holds exactly until the year 2089.
const keysPerMs = 4096;
const beginning = Date.UTC(2020, 0, 1);
const farthest = 2 ** 41 - 1;

function firstKeyAt(ms: number): number {
  return Math.min(Math.max(Math.trunc(ms) - beginning, -farthest), farthest) * keysPerMs;
}

function keyAt(ms: number, id: string): number {
  return firstKeyAt(ms) + Number.parseInt(id.slice(15, 18), 16);
}
