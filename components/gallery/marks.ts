import type { Generation } from "@/lib/gallery/generation";

/** What a person may change about a picture, in part: only what is there changes. `collections` says in which it is, by id. */
export type Marks = {
  favorite?: boolean;
  title?: string | null;
  trashedAt?: string | null;
  collections?: Readonly<Record<string, boolean>>;
};

/** Each picture as it was seen: where more is known of it by now, that is what the marks are put on. */
export type Marking = { type: "marked"; items: readonly { item: Generation; marks: Marks }[] };

/** A picture with marks. */
export function marked(item: Generation, { collections = {}, ...marks }: Marks): Generation {
  const others = item.collections.filter((id) => collections[id] === undefined);
  const put = Object.keys(collections).filter((id) => collections[id]);
  return { ...item, ...marks, collections: [...others, ...put] };
}

/** Puts marks on pictures as they were seen. */
export function marking(items: readonly Generation[], marks: Marks): Marking {
  return { type: "marked", items: items.map((item) => ({ item, marks })) };
}

/** Takes marks back: each picture says of the same things what it said when it was seen. */
export function unmarking(items: readonly Generation[], marks: Marks): Marking {
  return { type: "marked", items: items.map((item) => ({ item, marks: reverse(item, marks) })) };
}

function reverse(item: Generation, { collections, ...marks }: Marks): Marks {
  const before = Object.fromEntries(Object.keys(marks).map((name) => [name, item[name as keyof typeof marks]]));
  if (!collections) return before;
  return { ...before, collections: Object.fromEntries(Object.keys(collections).map((id) => [id, item.collections.includes(id)])) };
}
