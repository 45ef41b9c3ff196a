import type { Generation, GenerationPage } from "@/lib/gallery/generation";

/** What the browser knows of the two lists of a person's pictures. Pure: state in, state out. */
export type ShelfName = "gallery" | "trash";

export type Shelf = {
  items: Generation[];
  nextCursor: string | null;
  total: number;
  /** When the server rendered the first page, in ms since the epoch. */
  asOf: number;
};

export type Shelves = Readonly<Partial<Record<ShelfName, Shelf>>>;

export type ShelfChange =
  | { type: "opened"; shelf: ShelfName; page: GenerationPage; asOf: number }
  | { type: "continued"; shelf: ShelfName; page: GenerationPage }
  | { type: "placed"; item: Generation }
  | { type: "erased"; id: string };

/** The shelves after a change. A first page older than what is known changes nothing: it came from the history of the browser. */
export function changeShelves(shelves: Shelves, change: ShelfChange): Shelves {
  switch (change.type) {
    case "opened": {
      const known = shelves[change.shelf];
      if (known && known.asOf >= change.asOf) return shelves;
      const newer = known ? madeSince(known.items, change.page.items) : [];
      const { nextCursor, total } = change.page;
      const shelf = { items: [...newer, ...change.page.items], nextCursor, total: total + newer.length, asOf: change.asOf };
      return { ...shelves, [change.shelf]: shelf };
    }
    case "continued": {
      const known = shelves[change.shelf];
      if (!known) return shelves;
      const items = change.page.items.reduce(placeIn, known.items);
      return { ...shelves, [change.shelf]: { ...known, items, nextCursor: change.page.nextCursor, total: change.page.total } };
    }
    case "placed": {
      const target: ShelfName = change.item.trashedAt ? "trash" : "gallery";
      const without = withoutItem(shelves, change.item.id, target);
      const shelf = without[target] ?? unopened;
      const isNew = !shelf.items.some((item) => item.id === change.item.id);
      return { ...without, [target]: { ...shelf, items: placeIn(shelf.items, change.item), total: shelf.total + (isNew ? 1 : 0) } };
    }
    case "erased":
      return withoutItem(shelves, change.id);
  }
}

/** A shelf that something was placed on before its first page came: older than any page. */
const unopened: Shelf = { items: [], nextCursor: null, total: 0, asOf: 0 };

/** What was saved while the server was already rendering the page, and is therefore missing on it. */
function madeSince(known: Generation[], page: Generation[]): Generation[] {
  const newest = page[0];
  return newest ? known.filter((item) => item.id > newest.id) : [];
}

/** Ids are UUIDv7: their order is the order of making, so newest first is descending by id. */
function placeIn(items: Generation[], item: Generation): Generation[] {
  const others = items.filter((other) => other.id !== item.id);
  const index = others.findIndex((other) => other.id < item.id);
  return index === -1 ? [...others, item] : others.toSpliced(index, 0, item);
}

function withoutItem(shelves: Shelves, id: string, except?: ShelfName): Shelves {
  const entries = Object.entries(shelves).map(([name, shelf]) => {
    if (name === except || !shelf.items.some((item) => item.id === id)) return [name, shelf];
    return [name, { ...shelf, items: shelf.items.filter((item) => item.id !== id), total: Math.max(0, shelf.total - 1) }];
  });
  return Object.fromEntries(entries) as Shelves;
}
