import type { Generation, GenerationPage } from "@/lib/gallery/generation";

/** What the browser knows of the lists of a person's pictures: all, the trash, and what was looked for. Pure: state in, state out. */
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
  return new URLSearchParams(isFound(name) ? name.slice("found?".length) : { trashed: String(name === "trash") });
}

const isFound = (name: string) => name.startsWith("found?");

export type Shelf = {
  items: Generation[];
  nextCursor: string | null;
  total: number;
  /** When the server rendered the first page, in ms since the epoch. */
  asOf: number;
  /** Ids of what was found and then moved to the trash or out of the collection: it returns here when that is undone. */
  gone?: readonly string[];
};

export type Shelves = Readonly<Record<string, Shelf>>;

export type ShelfChange =
  | { type: "opened"; shelf: ShelfName; page: GenerationPage; asOf: number }
  | { type: "continued"; shelf: ShelfName; page: GenerationPage }
  | { type: "placed"; item: Generation }
  | { type: "saved"; id: string }
  | { type: "placed all"; items: readonly Generation[] }
  | { type: "erased"; id: string };

/** The shelves after a change. A first page older than what is known changes nothing: it came from the history of the browser. */
export function changeShelves(shelves: Shelves, change: ShelfChange): Shelves {
  switch (change.type) {
    case "opened": {
      const known = shelves[change.shelf];
      if (known && known.asOf >= change.asOf) return shelves;
      if (isFound(change.shelf)) return withLatestFound(shelves, change.shelf, { ...change.page, asOf: change.asOf });
      const newer = known ? missedBy(change, known.items) : [];
      const { nextCursor, total } = change.page;
      const shelf = { items: [...newer, ...change.page.items], nextCursor, total: total + newer.length, asOf: change.asOf };
      return { ...shelves, [change.shelf]: shelf };
    }
    case "continued": {
      const known = shelves[change.shelf];
      if (!known) return shelves;
      const items =
        isFound(change.shelf) || follow(known.items, change.page.items)
          ? appended(known.items, change.page.items)
          : change.page.items.reduce(placeIn, known.items);
      return { ...shelves, [change.shelf]: { ...known, items, nextCursor: change.page.nextCursor, total: change.page.total } };
    }
    case "saved":
      return withItems(shelves, (item) => (item.id === change.id ? { ...item, saved: true } : item));
    case "placed":
      return placeAll(shelves, [change.item]);
    case "placed all":
      return placeAll(shelves, change.items);
    case "erased":
      return withoutItem(shelves, change.id, () => false);
  }
}

/** A shelf that something was placed on before its first page came: older than any page. */
const unopened: Shelf = { items: [], nextCursor: null, total: 0, asOf: 0 };

/** The server may have begun a page so long before it says, in ms: its clock and ours, and a slow network. */
const renderingMs = 60_000;

/** What was saved while the server was already rendering the page, and is therefore missing on it. */
function missedBy({ page, asOf }: { page: GenerationPage; asOf: number }, known: Generation[]): Generation[] {
  const listed = new Set(page.items.map(({ id }) => id));
  return known.filter(({ id, createdAt }) => !listed.has(id) && Date.parse(createdAt) > asOf - renderingMs);
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

/** What was looked for lately is kept for going back and forth; more than that would only take room. */
const mostFound = 6;

function withLatestFound(shelves: Shelves, name: ShelfName, shelf: Shelf): Shelves {
  const others = Object.entries(shelves).filter(([other]) => other !== name);
  const dropped = others.filter(([other]) => isFound(other)).slice(0, -(mostFound - 1));
  return { ...Object.fromEntries(others.filter((entry) => !dropped.includes(entry))), [name]: shelf };
}

function appended(items: Generation[], more: Generation[]): Generation[] {
  // Only what arrived lately can be on both.
  const known = new Set(items.slice(-2 * more.length).map(({ id }) => id));
  return items.concat(more.filter(({ id }) => !known.has(id)));
}

/** Items as they are now: each leaves the shelves where it no longer belongs, and comes to the one where it does. */
function placeAll(shelves: Shelves, changed: readonly Generation[]): Shelves {
  const now = new Map(changed.map((item) => [item.id, item]));
  const names = new Set([...Object.keys(shelves), ...changed.map((item) => (item.trashedAt ? "trash" : "gallery"))]);
  return Object.fromEntries([...names].map((name) => [name, placedOn(name, shelves[name] ?? unopened, now)]));
}

function placedOn(name: string, shelf: Shelf, now: ReadonlyMap<string, Generation>): Shelf {
  // What was found stays where it was found, with its new marks, and returns there from the trash. A collection is left by being taken out.
  const collection = isFound(name) ? shelfQuery(name as ShelfName).get("collection") : null;
  const isIn = (item: Generation) => collection === null || item.collections.includes(collection);
  const belongs = (item: Generation) => (item.trashedAt ? name === "trash" : name === "gallery" || (isFound(name) && isIn(item)));
  const present = new Set<string>();
  const gone: string[] = [];
  const items: Generation[] = [];
  for (const item of shelf.items) {
    const changed = now.get(item.id) ?? item;
    present.add(item.id);
    if (changed === item || belongs(changed)) items.push(changed);
    else gone.push(item.id);
  }
  const returns = (item: Generation) => !isFound(name) || shelf.gone?.includes(item.id) || comesInto(name, shelf, item);
  const added = [...now.values()].filter((item) => belongs(item) && !present.has(item.id) && returns(item));
  const total = Math.max(0, shelf.total - gone.length) + added.length;
  const ordered = added.length > 0 ? inOrder(name, [...items, ...added]) : items;
  if (!isFound(name)) return { ...shelf, items: ordered, total };
  const stillGone = [...(shelf.gone ?? []), ...gone].filter((id) => !added.some((item) => item.id === id));
  return { ...shelf, items: ordered, total, gone: stillGone };
}

/** What is put into a collection of which all is shown takes its place at once, unless that is further down than what is loaded. */
function comesInto(name: string, { items, nextCursor }: Shelf, item: Generation): boolean {
  const query = shelfQuery(name as ShelfName);
  query.delete("sort");
  if (query.size !== 1 || !query.has("collection")) return false;
  const last = items.at(-1);
  return nextCursor === null || last === undefined || inOrder(name, [last, item])[1] === last;
}

/** Ids are UUIDv7: their order is the order of making. */
function inOrder(name: string, items: Generation[]): Generation[] {
  const oldestFirst = isFound(name) && shelfQuery(name as ShelfName).get("sort") === "oldest";
  return items.sort((one, other) => (one.id < other.id === oldestFirst ? -1 : 1));
}

function withItems(shelves: Shelves, map: (item: Generation) => Generation): Shelves {
  const entries = Object.entries(shelves).map(([name, shelf]) => [name, { ...shelf, items: shelf.items.map(map) }]);
  return Object.fromEntries(entries) as Shelves;
}

function withoutItem(shelves: Shelves, id: string, stays: (name: string) => boolean): Shelves {
  const entries = Object.entries(shelves).map(([name, shelf]) => {
    if (stays(name) || !shelf.items.some((item) => item.id === id)) return [name, shelf];
    const rest = { ...shelf, items: shelf.items.filter((item) => item.id !== id), total: Math.max(0, shelf.total - 1) };
    return [name, isFound(name) ? { ...rest, gone: [...(shelf.gone ?? []), id] } : rest];
  });
  return Object.fromEntries(entries) as Shelves;
}
