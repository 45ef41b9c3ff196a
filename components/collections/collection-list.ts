import { notYetTold } from "@/components/not-yet-told";
import type { Collection } from "@/lib/gallery/collection";

/** What the server told of a person's collections, and what was changed here since. Pure: state in, state out. */
export type CollectionList = {
  told: readonly Collection[];
  /** When the server told it, in ms since the epoch. */
  asOf: number;
  changes: readonly Change[];
};

export type Change = {
  /** Applied anew to whatever the server tells, so it changes nothing where it has been made already. */
  map: (collections: readonly Collection[]) => readonly Collection[];
  /** In ms since the epoch. */
  at: number;
};

const untold: CollectionList = { told: [], asOf: 0, changes: [] };

/** The collections as they are shown. */
export function collectionsOf({ told, changes }: CollectionList): readonly Collection[] {
  return changes.reduce((collections, { map }) => map(collections), told);
}

/** What the server tells; `now` in ms since the epoch. Something older than what is known changes nothing: it came from the history of the browser. */
export function withTold(list: CollectionList | null, told: readonly Collection[], asOf: number, now: number): CollectionList {
  if (list && list.asOf >= asOf) return list;
  return { told, asOf, changes: notYetTold(list?.changes ?? [], now) };
}

/** With a change that the server is being asked for. */
export function withChange(list: CollectionList | null, change: Change): CollectionList {
  const { changes, ...rest } = list ?? untold;
  return { ...rest, changes: [...changes, change] };
}

/** Without a change that the server refused; all others stay. */
export function withoutChange(list: CollectionList, change: Change): CollectionList {
  return { ...list, changes: list.changes.filter((other) => other !== change) };
}

type Mapping = Change["map"];

export function renamed(id: string, title: string): Mapping {
  return (known) => known.map((other) => (other.id === id ? { ...other, title } : other));
}

/** One that stands before another, or with null after all. */
export function moved(id: string, before: string | null): Mapping {
  return (known) => {
    const found = known.find((other) => other.id === id);
    if (!found) return known;
    const others = known.filter((other) => other !== found);
    const index = others.findIndex((other) => other.id === before);
    return others.toSpliced(index === -1 ? others.length : index, 0, found);
  };
}

export function without(id: string): Mapping {
  return (known) => known.filter((other) => other.id !== id);
}

/** With one that may not be there, at a place. */
export function withAt(place: number, collection: Collection): Mapping {
  return (known) => (known.some(({ id }) => id === collection.id) ? known : known.toSpliced(place, 0, collection));
}
