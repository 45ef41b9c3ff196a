/** The manifest: what was made, when, by whom and how. It is written once, after the image, and its presence is what makes an item exist. */
import { z } from "zod";
import { generatorIdPattern, type ImageType, idPattern, imageTypes, limits } from "@/lib/gallery/generation";
import { seal, unseal } from "@/lib/gallery/sealed-json";

/**
 * A new field is `.nullable().optional()`, never required and without a default: manifests that were written before lack it, in storage, in
 * snapshots and in the catalog. `version` stays 1.
 */
const manifestSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(idPattern),
  /** The provider's `sub`. */
  owner: z.string().min(1).max(255),
  createdAt: z.iso.datetime({ precision: 3 }),
  prompt: z.string(),
  generator: z.string().regex(generatorIdPattern),
  model: z.string().nullable(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  seed: z.int().min(0).max(limits.seed),
  image: z.object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().min(1),
    type: z.enum(Object.keys(imageTypes) as [ImageType, ...ImageType[]]),
    width: z.int().min(1),
    height: z.int().min(1),
  }),
  /** ThumbHash. */
  placeholder: z.base64(),
  appVersion: z.string(),
});

export type Manifest = z.output<typeof manifestSchema>;

const largestManifest = 64 * 1024;

/**
 * A manifest as it lies in storage.
 * @throws RangeError when it is larger than 64 KiB, ZodError when it is not one
 */
export function writeManifest(manifest: Manifest): Uint8Array {
  const bytes = seal(manifestSchema.parse(manifest));
  if (bytes.length > largestManifest) throw new RangeError("manifest larger than 64 KiB");
  return bytes;
}

/** The manifest of an id, or null when the bytes do not verify as exactly that. */
export function readManifest(id: string, bytes: Uint8Array): Manifest | null {
  if (bytes.length > largestManifest) return null;
  const parsed = manifestSchema.safeParse(unseal(bytes));
  return parsed.success && parsed.data.id === id ? parsed.data : null;
}
