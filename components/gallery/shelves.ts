import { notYetTold } from "@/components/not-yet-told";
import type { GenerationPage } from "@/lib/gallery/generation";
import { type ById, type ItemChange, isFound, type Shelf, type ShelfName, unopened, withChange, withMore } from "./shelf";

/** What the browser knows of the lists of a person's pictures. Pure: state in, state out. */
export type Shelves = Readonly<Record<string, Shelf>>;

/** What the server tells; `asOf` as in `Shelf`. */
type PageChange =
  | { type: "opened"; shelf: ShelfName; page: GenerationPage; asOf: number }
  | { type: "continued"; shelf: ShelfName; page: GenerationPage };

export type ShelfChange = ItemChange | PageChange;

/** `lately` are changes that a page on its way to us may not show; `at` in ms since the epoch. */
export type Known = { shelves: Shelves; lately: readonly { change: ItemChange; at: number }[] };

export const nothingKnown: Known = { shelves: {}, lately: [] };

/** What is known after a change; `at` in ms since the epoch. */
export function changeShelves({ shelves, lately }: Known, { change, at }: { change: ShelfChange; at: number }): Known {
  const untold = notYetTold(lately, at);
  if (change.type === "opened" || change.type === "continued") {
    const made = untold.map((made) => made.change);
    return { shelves: withPage(shelves, change, made), lately: untold };
  }
  const items = change.type === "placed" ? change.items : [];
  const before = knownOf(shelves, new Set(items.map(({ id }) => id)));
  const names = new Set([...Object.keys(shelves), ...items.map((item) => (item.trashedAt ? "trash" : "gallery"))]);
  const changed = [...names].map((name) => [name, withChange(name, shelves[name] ?? unopened, change, before)]);
  return { shelves: Object.fromEntries(changed), lately: [...untold, { change, at }] };
}

/** A first page older than what is known changes nothing: it came from the history of the browser. */
function withPage(shelves: Shelves, change: PageChange, untold: readonly ItemChange[]): Shelves {
  const { shelf: name, page } = change;
  const known = shelves[name];
  const withUntold = (shelf: Shelf) => untold.reduce((before, made) => withChange(name, before, made, null), shelf);
  if (change.type === "continued") {
    if (!known) return shelves;
    return { ...shelves, [name]: withUntold(withMore(name, known, page)) };
  }
  if (known && known.asOf >= change.asOf) return shelves;
  const { items, nextCursor, total } = page;
  const opened = { items, nextCursor, total, asOf: change.asOf };
  if (!isFound(name)) return { ...shelves, [name]: withUntold(opened) };
  return withLatestFound(shelves, name, withUntold({ ...opened, gone: missing(known, page, untold) }));
}

/** What was on the shelf, and is not on the page because of a change that was made lately. */
function missing(known: Shelf | undefined, page: GenerationPage, untold: readonly ItemChange[]): string[] {
  const listed = new Set(page.items.map(({ id }) => id));
  const before = new Set([...(known?.items ?? []).map(({ id }) => id), ...(known?.gone ?? [])]);
  const changed = new Set(untold.flatMap((change) => (change.type === "placed" ? change.items.map(({ id }) => id) : [])));
  return [...changed].filter((id) => before.has(id) && !listed.has(id));
}

/** Items as they are known, by their ids. */
function knownOf(shelves: Shelves, ids: ReadonlySet<string>): ById {
  const all = Object.values(shelves).flatMap(({ items }) => items.filter(({ id }) => ids.has(id)));
  return new Map(all.map((item) => [item.id, item]));
}

/** What was looked for lately is kept for going back and forth; more than that would only take room. */
const mostFound = 6;

function withLatestFound(shelves: Shelves, name: ShelfName, shelf: Shelf): Shelves {
  const others = Object.entries(shelves).filter(([other]) => other !== name);
  const dropped = others.filter(([other]) => isFound(other)).slice(0, -(mostFound - 1));
  return { ...Object.fromEntries(others.filter((entry) => !dropped.includes(entry))), [name]: shelf };
}
