/** Pictures as they leave: with the words that made them, where image tools look for such words. */
import "server-only";
import { getGeneration, readImage } from "@/lib/gallery/gallery";
import type { ImageType } from "@/lib/gallery/generation";
import { type Label, labelJpeg, labelPng, labelWebp } from "@/lib/gallery/label/containers";
import { parametersText, xmpPacket } from "@/lib/gallery/label/words";
import { sha256 } from "@/lib/gallery/sealed-json";

const containers: Record<ImageType, (bytes: Buffer, label: Label) => Buffer> = {
  "image/png": labelPng,
  "image/jpeg": labelJpeg,
  "image/webp": labelWebp,
};

/** The image of an item with its prompt and settings in PNG text, Exif or XMP; the pixels are exactly those that were made. @throws as `readImage` does */
export async function readLabelledImage(owner: string, id: string): ReturnType<typeof readImage> {
  const [item, image] = await Promise.all([getGeneration(owner, id), readImage(owner, id, { thumbnail: false })]);
  const label = { parameters: parametersText(item), xmp: xmpPacket(item) };
  const bytes = Uint8Array.from(containers[image.type](Buffer.from(image.bytes), label));
  return { bytes, type: image.type, etag: sha256(bytes) };
}
