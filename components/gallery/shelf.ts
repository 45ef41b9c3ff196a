import type { Generation, GenerationPage } from "@/lib/gallery/generation";
import { type Marking, marked } from "./marks";

/** What the browser knows of one list of a person's pictures: of all, of the trash, or of what was looked for. Pure. */
export type ShelfName = "gallery" | "trash" | `found?${string}`;

/** The shelf for a query of the gallery's address. */
export function shelfOf(query: string): ShelfName {
  return query ? `found?${query}` : "gallery";
}

/** The query of the gallery's address for which a shelf is shown. */
export function queryOfShelf(name: ShelfName): string {
  return isFound(name) ? name.slice("found?".length) : "";
}

/** The query of a shelf for the API. */
export function shelfQuery(name: ShelfName): URLSearchParams {
  return new URLSearchParams(isFound(name) ? queryOfShelf(name) : { trashed: String(name === "trash") });
}

export const isFound = (name: string) => name.startsWith("found?");

export type Shelf = {
  items: Generation[];
  nextCursor: string | null;
  total: number;
  /** When the server rendered the first page, in ms since the epoch. */
  asOf: number;
  /** Ids of what was found and then moved to the trash or out of the collection: it returns here when that is undone. */
  gone?: readonly string[];
};

/** A shelf that something was placed on before its first page came: older than any page. */
export const unopened: Shelf = { items: [], nextCursor: null, total: 0, asOf: 0 };

export type ItemChange =
  | { type: "placed"; items: readonly Generation[] }
  | Marking
  | { type: "saved"; id: string }
  | { type: "erased"; ids: readonly string[] };

export type ById = ReadonlyMap<string, Generation>;

/**
 * A shelf after a change. `known` are the items of the change as they were before it; null when it is made anew on what the server tells: then
 * the shelf alone knows, and what is further down than it shows has been counted or not, nobody can say.
 */
export function withChange(name: ShelfName, shelf: Shelf, change: ItemChange, known: ById | null): Shelf {
  switch (change.type) {
    case "placed":
    case "marked": {
      const here = known ?? new Map(shelf.items.map((item) => [item.id, item]));
      const items =
        change.type === "placed" ? change.items : change.items.map(({ item, marks }) => marked(here.get(item.id) ?? item, marks));
      const now = new Map(items.map((item) => [item.id, item]));
      return withPlaced(name, shelf, now, known ?? now);
    }
    case "saved":
      return { ...shelf, items: shelf.items.map((item) => (item.id === change.id ? { ...item, saved: true } : item)) };
    case "erased":
      return without(shelf, new Set(change.ids));
  }
}

/** With items as they are now: each leaves the shelf when it does not belong there any more, or comes to it when it does. */
function withPlaced(name: ShelfName, shelf: Shelf, now: ById, before: ById): Shelf {
  // What was found stays where it was found, with its new marks, and returns there from the trash. A collection is left by being taken out.
  const collection = isFound(name) ? shelfQuery(name).get("collection") : null;
  const isIn = (item: Generation) => collection === null || item.collections.includes(collection);
  const belongs = (item: Generation) => (item.trashedAt ? name === "trash" : name === "gallery" || (isFound(name) && isIn(item)));
  const present = new Set<string>();
  const gone: string[] = [];
  const items: Generation[] = [];
  for (const item of shelf.items) {
    const changed = now.get(item.id);
    if (changed) present.add(item.id);
    if (!changed) items.push(item);
    else if (belongs(changed)) items.push(item.saved ? { ...changed, saved: true } : changed);
    else gone.push(item.id);
  }
  const absent = [...now.values()].filter(({ id }) => !present.has(id));
  const wasHere = ({ id }: Generation) => shelf.gone?.includes(id) ?? false;
  const within = new Set(absent.filter((item) => isWithin(name, shelf, item)));
  const added = [...within].filter((item) => belongs(item) && (!isFound(name) || wasHere(item) || isWholeCollection(name)));
  // Of what is further down than what is loaded, only the number is known here.
  const further = absent.filter((item) => (!isFound(name) || wasHere(item)) && !within.has(item));
  const came = further.filter((item) => belongs(item) && !belongs(before.get(item.id) ?? item));
  const left = further.filter((item) => !belongs(item) && belongs(before.get(item.id) ?? item));
  const total = Math.max(0, shelf.total - gone.length - left.length) + added.length + came.length;
  const ordered = added.length > 0 ? inOrder(name, [...items, ...added]) : items;
  if (!isFound(name)) return { ...shelf, items: ordered, total };
  const returned = new Set([...added, ...came].map(({ id }) => id));
  const stillGone = [...(shelf.gone ?? []), ...gone].filter((id) => !returned.has(id));
  return { ...shelf, items: ordered, total, gone: stillGone };
}

/** What is put into a collection of which all is shown takes its place at once. */
function isWholeCollection(name: ShelfName): boolean {
  const query = shelfQuery(name);
  query.delete("sort");
  return query.size === 1 && query.has("collection");
}

/** Whether an item's place is among what is loaded. */
function isWithin(name: ShelfName, { items, nextCursor }: Shelf, item: Generation): boolean {
  const last = items.at(-1);
  return nextCursor === null || last === undefined || inOrder(name, [last, item])[1] === last;
}

/** Ids are UUIDv7: their order is the order of making. */
function inOrder(name: ShelfName, items: Generation[]): Generation[] {
  const oldestFirst = isFound(name) && shelfQuery(name).get("sort") === "oldest";
  return items.sort((one, other) => (one.id < other.id === oldestFirst ? -1 : 1));
}

function without(shelf: Shelf, ids: ReadonlySet<string>): Shelf {
  const items = shelf.items.filter(({ id }) => !ids.has(id));
  return { ...shelf, items, total: Math.max(0, shelf.total - (shelf.items.length - items.length)) };
}

/** A shelf with a further page. */
export function withMore(name: ShelfName, shelf: Shelf, { items: more, nextCursor, total }: GenerationPage): Shelf {
  const atEnd = isFound(name) || follow(shelf.items, more);
  return { ...shelf, items: atEnd ? appended(shelf.items, more) : more.reduce(placeIn, shelf.items), nextCursor, total };
}

/** Ids are UUIDv7: their order is the order of making, so newest first is descending by id. */
function placeIn(items: Generation[], item: Generation): Generation[] {
  const others = items.filter((other) => other.id !== item.id);
  const index = others.findIndex((other) => other.id < item.id);
  return index === -1 ? [...others, item] : others.toSpliced(index, 0, item);
}

/** Almost always a further page belongs at the end as it is. */
function follow(items: Generation[], more: Generation[]): boolean {
  const last = items.at(-1);
  const next = more[0];
  return last !== undefined && next !== undefined && next.id < last.id;
}

function appended(items: Generation[], more: Generation[]): Generation[] {
  // Only what arrived lately can be on both.
  const known = new Set(items.slice(-2 * more.length).map(({ id }) => id));
  return items.concat(more.filter(({ id }) => !known.has(id)));
}
