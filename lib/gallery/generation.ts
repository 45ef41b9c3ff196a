/** The words of the gallery, shared by server and browser: what a generation is, in which sizes, and the limits. Pure data. */

/** What the gallery takes at most. `lib/messages` says some of these numbers in sentences (`error.…`). */
export const limits = {
  promptCharacters: 4000,
  titleCharacters: 200,
  modelCharacters: 200,
  seed: 4_294_967_295,
  pageSize: 50,
  largestPage: 200,
  /** Pictures that can be changed or downloaded at once. */
  selection: 5000,
  /** Collections of one person, without those that were removed. */
  collections: 200,
  /** Pictures that one person may have waiting or in the making at once. */
  waitingPerPerson: 4,
} as const;

/** The form of a generator's id. Which ones there are stands in the table of `lib/generators/index.ts` alone. */
export const generatorIdPattern = /^(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

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

/**
 * One page of a gallery, newest first. `nextCursor` is null on the last page. `catchingUp` is there, and true, while storage is still
 * being read: more will be listed then.
 */
export type GenerationPage = { items: Generation[]; nextCursor: string | null; total: number; catchingUp?: true };

/** What pictures of a person were made with: a generator, its name for people, and the models of it that were used. */
export type MadeWith = { generator: string; engine: string; models: string[] };

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

/** UUIDv7 in lower case: the only form of an id that ever reaches storage. */
export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
