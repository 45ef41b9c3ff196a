/** The words of collections, shared by server and browser. Pure data. */
import { z } from "zod";
import { limits, unkeepable } from "@/lib/gallery/generation";

/** A collection as the API and the pages show it. A picture may be in several. Times are ISO 8601 in UTC. */
export type Collection = {
  id: string;
  title: string;
  createdAt: string;
  /** Pictures in it that are not in the trash. */
  count: number;
  /** Thumbnails of its newest pictures. */
  covers: string[];
  /** True once it is durable in the archive as it is shown. */
  saved: boolean;
};

const title = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => text.length > 0, { error: "title_missing", abort: true })
  .refine((text) => [...text].length <= limits.titleCharacters, { error: "title_too_long", abort: true })
  .refine((text) => !unkeepable.test(text), { error: "prompt_unreadable" });

/** What `POST /api/collections` takes. */
export const newCollectionSchema = z.strictObject({ title });

export type NewCollection = z.output<typeof newCollectionSchema>;

/** What `PATCH /api/collections/[id]` takes. */
export const collectionChangeSchema = z
  .strictObject({
    title: title.optional(),
    /** The collection that it comes to stand before; null puts it at the end. */
    before: z.string().max(64).nullable().optional(),
    removed: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0);

export type CollectionChange = z.output<typeof collectionChangeSchema>;
