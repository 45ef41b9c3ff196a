/** What a list of pictures can be asked for, as it stands in addresses: of the API and of the gallery's page alike. */
import { z } from "zod";
import type { Wanted } from "@/lib/gallery/catalog/search";
import { generatorIdPattern, limits } from "@/lib/gallery/generation";

const flag = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .optional();

// A day without a time is one in UTC; pages send the moments at which the person's own days begin.
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => Date.parse(text))
  .optional();

const size = z
  .string()
  .regex(/^[1-9]\d{0,4}x[1-9]\d{0,4}$/)
  .transform((text) => {
    const [width = 0, height = 0] = text.split("x").map(Number);
    return { width, height };
  })
  .optional();

const finding = {
  /** Words, each from its beginning, in prompt or title. */
  q: z.string().max(1000).optional(),
  favorite: flag,
  /** Id of a collection of the person. */
  collection: z.string().max(64).optional(),
  generator: z.string().regex(generatorIdPattern).optional(),
  /** As the generator calls it. */
  model: z.string().min(1).max(limits.modelCharacters).optional(),
  /** `1024x768`. */
  size,
  /** Made at this moment or later; `to` is not included. */
  from: moment,
  to: moment,
  sort: z.enum(["newest", "oldest"]).optional(),
};

/** What the gallery's page understands of its address. */
export const findingSchema = z.object(finding);

/** What `GET /api/generations` takes. The trash is not searched, and has no collections. */
export const listQuerySchema = z
  .object({
    ...finding,
    cursor: z.string().max(200, { error: "cursor_invalid" }).optional(),
    limit: z.coerce.number().int().min(1).max(limits.largestPage).optional(),
    trashed: flag,
  })
  .refine(
    ({ trashed, cursor: _cursor, limit: _limit, favorite: _favorite, ...narrowing }) =>
      !trashed || Object.values(narrowing).every((part) => !part),
  );

export type ListQuery = z.output<typeof listQuerySchema>;

/** What such a query looks for, wherever it is looked for. */
export function wantedOf({ q, sort, trashed: _trashed, cursor: _cursor, limit: _limit, ...facts }: ListQuery): Wanted {
  return { ...facts, words: q?.trim() || undefined, oldestFirst: sort === "oldest" || undefined };
}
