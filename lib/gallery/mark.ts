/**
 * Marks: what a person changes about an item after it was made. Each change is an object of its own that holds the changed fields
 * only; of two that hold the same field, the one with the greater stamp counts, on every replica alike.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { idPattern } from "@/lib/gallery/generation";
import { seal, unseal } from "@/lib/gallery/sealed-json";

const time = z.iso.datetime({ precision: 3 });

const markSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(idPattern),
  /** `<ms>-<rand>`: thirteen digits until the year 2286, so that stamps sort as text. */
  stamp: z.string().regex(/^\d{13}-[0-9a-f]{8}$/),
  favorite: z.boolean().optional(),
  title: z.string().nullable().optional(),
  trashedAt: time.nullable().optional(),
  /** Collections that the item came into (true) or was taken out of; each counts for itself. */
  collections: z.record(z.string().regex(idPattern), z.boolean()).optional(),
});

export type MarkedFields = {
  favorite: boolean;
  title: string | null;
  trashedAt: string | null;
  collections: Readonly<Record<string, boolean>>;
};
export type Mark = Partial<MarkedFields> & { stamp: string };

/** All marks of an item taken together. `count` and `newest` (milliseconds; 0 without marks) tell one state from another. */
export type FoldedMarks = MarkedFields & { count: number; newest: number };

export const unmarked: FoldedMarks = { favorite: false, title: null, trashedAt: null, collections: {}, count: 0, newest: 0 };

/** A stamp greater than any of the marks seen so far, whatever the clock says: a change that is made later must win. */
export function newStamp(seen: FoldedMarks): string {
  return `${Math.max(Date.now(), seen.newest + 1)}-${randomBytes(4).toString("hex")}`;
}

/** A mark as it lies in storage. */
export function writeMark(id: string, mark: Mark): Uint8Array {
  return seal(markSchema.parse({ version: 1, id, ...mark }));
}

/** The mark of an id and stamp, or null when the bytes do not verify as exactly that. */
export function readMark(id: string, stamp: string, bytes: Uint8Array): Mark | null {
  const parsed = markSchema.safeParse(unseal(bytes));
  if (!parsed.success || parsed.data.id !== id || parsed.data.stamp !== stamp) return null;
  const { version: _version, id: _id, ...mark } = parsed.data;
  return mark;
}

/** Applies marks, in any order among themselves, that are newer than those already folded. */
export function foldMarks(before: FoldedMarks, marks: readonly Mark[]): FoldedMarks {
  const folded = { ...before };
  for (const { stamp, ...fields } of marks.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1))) {
    const collections = fields.collections ? inOrder({ ...folded.collections, ...fields.collections }) : folded.collections;
    Object.assign(folded, fields, { collections, count: folded.count + 1, newest: Number.parseInt(stamp, 10) });
  }
  return folded;
}

// The same for everybody, in whatever order they came.
function inOrder(collections: MarkedFields["collections"]): MarkedFields["collections"] {
  return Object.fromEntries(Object.entries(collections).sort(([a], [b]) => (a < b ? -1 : 1)));
}
