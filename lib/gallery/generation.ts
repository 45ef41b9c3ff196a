/**
 * The words of the gallery, shared by server and browser: what a generation is, what may be asked for, and the limits.
 * Pure data: imports nothing of ours but the limits. A page takes types from here, and values from what needs no zod.
 */
import { z } from "zod";
import { limits } from "@/lib/gallery/limits";

export { limits };

/** The form of a generator's id. Which ones there are stands in the table of `lib/generators/index.ts` alone. */
export const generatorIdPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const imageTypes = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;
export type ImageType = keyof typeof imageTypes;

/** One picture and everything that is known about it, as the API and the pages show it. Times are ISO 8601 in UTC. */
export type Generation = {
  id: string;
  prompt: string;
  title: string | null;
  /** Id of the generator, and its name for people. */
  generator: string;
  engine: string;
  model: string | null;
  width: number;
  height: number;
  seed: number;
  /** What else the engine was told or reports, for people to read: plain JSON values only. */
  parameters: Record<string, string | number | boolean | null>;
  type: ImageType;
  /** Size of the image file. */
  bytes: number;
  createdAt: string;
  favorite: boolean;
  trashedAt: string | null;
  /** Ids of the collections that it is in. */
  collections: string[];
  /** True once the picture is durable in the archive; until then it lies on the server's own disk and waits. */
  saved: boolean;
  imageUrl: string;
  thumbnailUrl: string;
  /** ThumbHash, base64: about 25 bytes that stand in for the picture until it has loaded. */
  placeholder: string;
};

/** A generator as the form shows it. */
export type Engine = {
  id: string;
  label: string;
  note: string;
  /** Why it cannot be used here; null when it can. */
  unavailable: string | null;
  /** What the person must allow first. It is then their account that pays. */
  scope: string | null;
  hasModels: boolean;
};

/** A model that can be chosen, as far as anything is known about it. */
export type ImageModel = {
  /** As on the Hub: `owner/name`. */
  id: string;
  /** Where one reads about it. */
  page: string;
  /** Who runs it, in words; null for a Space, which does so itself. */
  provider: string | null;
  /** As the Hub tags it: `apache-2.0`. */
  license: string | null;
  /** Its owner asks everyone to accept terms first. */
  gated: boolean;
  /** Roughly, for one picture, in US dollars. */
  price: number | null;
  /** Median of the pictures that were made here lately. */
  usualSeconds: number | null;
  /** What it takes beside words and size: the usual value and the largest. What is missing is not shown. */
  steps: { usual: number; most: number } | null;
  guidance: { usual: number; most: number } | null;
  negativePrompt: boolean;
  seed: boolean;
};

/**
 * One page of a gallery, newest first. `nextCursor` is null on the last page. `catchingUp` is there, and true, while storage is still
 * being read: more will be listed then.
 */
export type GenerationPage = { items: Generation[]; nextCursor: string | null; total: number; catchingUp?: true };

/** How long pictures stay in the trash before they are erased for good. */
export const trashDays = 30;

/** Width of thumbnails, in pixels. */
export const thumbnailWidth = 640;

/** The sizes that the form offers, in pixels; the first is the default. */
export const sizes = [
  { name: "Square", width: 1024, height: 1024 },
  { name: "Portrait", width: 832, height: 1216 },
  { name: "Landscape", width: 1216, height: 832 },
  { name: "Tall", width: 768, height: 1344 },
  { name: "Wide", width: 1344, height: 768 },
] as const;

// Control characters other than tab and line breaks, and lone surrogates, cannot be kept faithfully in JSON, SQL and markup.
export const unkeepable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f]|\p{Surrogate}/u;

const words = z
  .string({ error: "prompt_missing" })
  .refine((text) => [...text].length <= limits.promptCharacters, { error: "prompt_too_long", abort: true })
  .refine((text) => !unkeepable.test(text), { error: "prompt_unreadable", abort: true })
  .transform((text) => text.trim());

const prompt = words.refine((text) => text.length > 0, { error: "prompt_missing" });

const generatorId = z.string().max(40).regex(generatorIdPattern);

const seed = z.int({ error: "seed_out_of_range" }).min(0, { error: "seed_out_of_range" }).max(limits.seed, { error: "seed_out_of_range" });

const refused = { error: "settings_refused" };

/** The form of a model's name on the Hub. */
export const modelPattern = /^[\w-][\w.-]*\/[\w-][\w.-]*$/;

/** What `POST /api/generations` takes. Messages are codes of the failure table. */
export const generationRequestSchema = z
  .strictObject({
    prompt,
    /** Without one, the first of the table that is available. */
    generator: generatorId.optional(),
    width: z.int({ error: "size_unavailable" }).optional(),
    height: z.int({ error: "size_unavailable" }).optional(),
    seed: seed.optional(),
    /** As on the Hub; with the four below it is for generators that have models. */
    model: z.string().max(200).regex(modelPattern, { error: "model_gone" }).optional(),
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

/** UUIDv7 in lower case: the only form of an id that ever reaches storage. */
export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

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

/** What a form sends to download many: their ids with spaces between. */
export const selectedIdsSchema = z.strictObject({
  ids: z
    .string()
    .transform((text) => text.split(" "))
    .refine((ids) => ids.length <= limits.selection, { error: "selection_too_large" }),
});

export type SelectedIds = z.output<typeof selectedIdsSchema>;
export type ManyChange = z.output<typeof manyChangeSchema>;
export type ManyMarks = ManyChange["marks"];

/**
 * A picture in the making, or one that could not be made. It goes on when nobody watches: `DELETE /api/jobs/[id]` is what stops it,
 * and what takes away one that failed.
 */
export type MakingJob = { id: string; request: GenerationRequest; startedAt: string };

/** What stopping a picture in the making cannot undo: a service that had begun may bill it all the same. */
export type Stopped = { mayBeBilled: boolean };

/**
 * Why there is no picture. `retryAt` (ISO 8601): when it makes sense to try again, where that is known. `resumable`: a service has taken
 * the work on, and `POST /api/jobs/[id]` looks for it once more instead of asking and paying again.
 */
export type MakingFailure = {
  code: string;
  message: string;
  id: string | null;
  retryAt?: string | undefined;
  resumable?: boolean | undefined;
};

/** What the server tells while a picture is being made (`text/event-stream`; the event's name is `type`). */
export type MakingEvent =
  | { type: "started"; job: MakingJob }
  | { type: "queued"; position: number | null }
  | { type: "progress"; done: number; total: number }
  | { type: "waking" }
  | { type: "running"; usualSeconds: number | null }
  | { type: "downloading"; bytes: number; total: number | null }
  | { type: "preview"; src: string }
  | { type: "stored"; item: Generation }
  | { type: "saved"; item: Generation }
  | { type: "failed"; error: MakingFailure };
