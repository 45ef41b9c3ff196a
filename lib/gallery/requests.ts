/**
 * What the API takes about generations. Messages are codes of the failure table. A page takes types from here: the schemas need zod, which
 * no browser should load.
 */
import { z } from "zod";
import { generatorIdPattern, idPattern, limits, sizes, unkeepable } from "@/lib/gallery/generation";

const words = z
  .string({ error: "prompt_missing" })
  .refine((text) => [...text].length <= limits.promptCharacters, { error: "prompt_too_long", abort: true })
  .refine((text) => !unkeepable.test(text), { error: "prompt_unreadable", abort: true })
  .transform((text) => text.trim());

const prompt = words.refine((text) => text.length > 0, { error: "prompt_missing" });

const generatorId = z.string().regex(generatorIdPattern);

const seed = z.int({ error: "seed_out_of_range" }).min(0, { error: "seed_out_of_range" }).max(limits.seed, { error: "seed_out_of_range" });

const refused = { error: "settings_refused" };

/** The form of a model's name on the Hub. */
export const modelPattern = /^[\w-][\w.-]*\/[\w-][\w.-]*$/;

/** What `POST /api/generations` takes. */
export const generationRequestSchema = z
  .strictObject({
    prompt,
    /** Without one, the first of the table that is available. */
    generator: generatorId.optional(),
    width: z.int({ error: "size_unavailable" }).optional(),
    height: z.int({ error: "size_unavailable" }).optional(),
    seed: seed.optional(),
    /** As on the Hub; with the four below it is for generators that have models. */
    model: z.string().max(limits.modelCharacters).regex(modelPattern, { error: "model_gone" }).optional(),
    steps: z.int(refused).min(1, refused).max(100, refused).optional(),
    guidance: z.number(refused).min(0, refused).max(30, refused).optional(),
    negativePrompt: words.optional(),
    /** Name of the organization that pays, instead of the person. */
    billTo: z
      .string()
      .max(100)
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, { error: "billing_refused" })
      .optional(),
  })
  .transform(({ width = sizes[0].width, height = sizes[0].height, ...rest }) => ({ ...rest, width, height }))
  .refine(({ width, height }) => sizes.some((size) => size.width === width && size.height === height), { error: "size_unavailable" });

export type GenerationRequest = z.output<typeof generationRequestSchema>;

/** Into a collection (true) or out of it (false), by the collection's id. */
const membership = z
  .record(z.string().regex(idPattern, { error: "not_found" }), z.boolean())
  .refine((collections) => Object.keys(collections).length <= limits.collections);

/** What `PATCH /api/generations/[id]` takes. An empty title means none. */
export const marksSchema = z
  .strictObject({
    favorite: z.boolean().optional(),
    title: z
      .string()
      .transform((text) => text.trim())
      .refine((text) => [...text].length <= limits.titleCharacters, { error: "title_too_long", abort: true })
      .refine((text) => !unkeepable.test(text), { error: "prompt_unreadable" })
      .transform((text) => text || null)
      .nullable()
      .optional(),
    trashed: z.boolean().optional(),
    collections: membership.optional(),
  })
  .refine((marks) => Object.keys(marks).length > 0);

export type Marks = z.output<typeof marksSchema>;

/** What `POST /api/generations/changes` takes: the same mark for many. */
export const manyChangeSchema = z.strictObject({
  ids: z.array(z.string().max(64)).min(1).max(limits.selection, { error: "selection_too_large" }),
  marks: z
    .strictObject({ favorite: z.boolean().optional(), trashed: z.boolean().optional(), collections: membership.optional() })
    .refine((marks) => Object.keys(marks).length > 0),
});

export type ManyChange = z.output<typeof manyChangeSchema>;
export type ManyMarks = ManyChange["marks"];

/** What a form sends to download many: their ids with spaces between. */
export const selectedIdsSchema = z.strictObject({
  ids: z
    .string()
    .transform((text) => text.split(" "))
    .refine((ids) => ids.length <= limits.selection, { error: "selection_too_large" }),
});

export type SelectedIds = z.output<typeof selectedIdsSchema>;
