import { notYetTold } from "@/components/not-yet-told";
import type { Generation, GenerationPage } from "@/lib/gallery/generation";
import { type Marks, marked } from "./marks";
import { type ById, type ItemChange, isFound, type Shelf, type ShelfName, unopened, withChange, withMore } from "./shelf";

/** What the browser knows of the lists of a person's pictures. Pure: state in, state out. */
export type Shelves = Readonly<Record<string, Shelf>>;

/** What the server tells; `asOf` as in `Shelf`, `askedAt` in ms since the epoch. */
type PageChange =
  | { type: "opened"; shelf: ShelfName; page: GenerationPage; asOf: number }
  | { type: "continued"; shelf: ShelfName; page: GenerationPage; askedAt: number };

export type ShelfChange = ItemChange | PageChange;

/** `lately` are changes that a page on its way to us may not show; `at` in ms since the epoch. */
export type Known = { shelves: Shelves; lately: readonly { change: ItemChange; at: number }[] };

export const nothingKnown: Known = { shelves: {}, lately: [] };

/** What is known after a change; `at` in ms since the epoch. */
export function changeShelves({ shelves, lately }: Known, { change, at }: { change: ShelfChange; at: number }): Known {
  const untold = notYetTold(lately, at);
  if (change.type === "opened" || change.type === "continued") return { shelves: withPage(shelves, change, untold), lately: untold };
  const before = knownOf(shelves, new Set(seenIn(change).map(({ id }) => id)));
  const names = new Set([...(Object.keys(shelves) as ShelfName[]), ...homesOf(change)]);
  const changed = [...names].map((name) => [name, withChange(name, shelves[name] ?? unopened, change, before)]);
  return { shelves: Object.fromEntries(changed), lately: [...untold, { change, at }] };
}

/** A first page older than what is known changes nothing: it came from the history of the browser. */
function withPage(shelves: Shelves, change: PageChange, untold: Known["lately"]): Shelves {
  const { shelf: name, page } = change;
  const known = shelves[name];
  const withUntold = (shelf: Shelf) => untold.reduce((before, made) => withChange(name, before, made.change, null), shelf);
  if (change.type === "continued") {
    if (!known) return shelves;
    const shelf = withUntold(withMore(name, known, page));
    // The number that the server tells was counted before or after what was changed since: the one that is known here has it.
    const isOld = untold.some(({ at }) => at >= change.askedAt);
    return { ...shelves, [name]: isOld ? { ...shelf, total: known.total } : shelf };
  }
  if (known && known.asOf >= change.asOf) return shelves;
  const opened = withUntold({ ...firstPage(known, page), asOf: change.asOf, ...(isFound(name) && { gone: missing(known, page, untold) }) });
  return isFound(name) ? withLatestFound(shelves, name, opened) : { ...shelves, [name]: opened };
}

/** While storage is still being read the page comes again and again: what was loaded behind it stays. */
function firstPage(known: Shelf | undefined, { items, nextCursor, total, catchingUp }: GenerationPage): Omit<Shelf, "asOf"> {
  const last = items.at(-1);
  const place = catchingUp && last && known ? known.items.findIndex(({ id }) => id === last.id) : -1;
  if (!known || place === -1 || place === known.items.length - 1) return { items, nextCursor, total };
  return { items: [...items, ...known.items.slice(place + 1)], nextCursor: known.nextCursor, total };
}

/** What left the shelf lately and is not on the page: it returns when that is undone. */
function missing(known: Shelf | undefined, page: GenerationPage, untold: Known["lately"]): string[] {
  const listed = new Set(page.items.map(({ id }) => id));
  const before = new Set([...(known?.items ?? []).map(({ id }) => id), ...(known?.gone ?? [])]);
  const left = untold.flatMap(({ change }) => (change.type === "marked" ? change.items.filter(({ marks }) => takesAway(marks)) : []));
  return [...new Set(left.map(({ item }) => item.id))].filter((id) => before.has(id) && !listed.has(id));
}

function takesAway({ trashedAt, collections = {} }: Marks): boolean {
  return typeof trashedAt === "string" || Object.values(collections).includes(false);
}

/** The items of a change as they were seen where it was made. */
function seenIn(change: ItemChange): readonly Generation[] {
  if (change.type === "placed") return change.items;
  return change.type === "marked" ? change.items.map(({ item }) => item) : [];
}

/** The shelves that items come to, also when these have not been opened. */
function homesOf(change: ItemChange): ShelfName[] {
  if (change.type === "marked") return change.items.map(({ item, marks }) => homeOf(marked(item, marks)));
  return change.type === "placed" ? change.items.map(homeOf) : [];
}

const homeOf = ({ trashedAt }: Generation): ShelfName => (trashedAt ? "trash" : "gallery");

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
