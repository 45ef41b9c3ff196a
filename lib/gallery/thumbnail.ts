import sharp, { type Sharp } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { type ImageType, thumbnailWidth } from "@/lib/gallery/generation";
import { Failure } from "@/lib/http/errors";

// Images come one at a time and are never asked for twice: a cache would only hold memory, more threads would only starve the server.
sharp.cache(false);
sharp.concurrency(1);

const placeholderSide = 100;

export type ImageFacts = { width: number; height: number; thumbnail: Uint8Array<ArrayBuffer>; placeholder: string };

/**
 * Decodes an image from end to end and derives what the gallery shows of it: its true size in pixels, a WebP thumbnail at most 640 px
 * wide, and a ThumbHash (base64).
 * @throws Failure `generator_failed` when the bytes are not a whole image of the type that they are said to be, or too large
 */
export async function examineImage(bytes: Uint8Array, type: ImageType): Promise<ImageFacts> {
  try {
    // Before any decoder sees them: libvips would also open what nobody asked for, such as SVG.
    if (!beginsAs(type, bytes)) throw new Error(`not ${type}`);
    const { autoOrient } = await decode(bytes).metadata();
    const thumbnail = await makeThumbnail(bytes);
    return { width: autoOrient.width, height: autoOrient.height, thumbnail, placeholder: await makePlaceholder(thumbnail) };
  } catch (error) {
    throw new Failure("generator_failed", { cause: error });
  }
}

/** The thumbnail of an image that was examined before. @throws Error of sharp */
export async function makeThumbnail(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { data } = await decode(bytes)
    .autoOrient()
    .resize({ width: thumbnailWidth, withoutEnlargement: true })
    .timeout({ seconds: 20 })
    .webp({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}

async function makePlaceholder(thumbnail: Uint8Array): Promise<string> {
  const { data, info } = await decode(thumbnail)
    .resize({ width: placeholderSide, height: placeholderSide, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
}

function decode(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: 40_000_000, failOn: "error", pages: 1, sequentialRead: true });
}

function beginsAs(type: ImageType, bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (type === "image/png") return text.startsWith("\x89PNG\r\n\x1a\n");
  if (type === "image/jpeg") return text.startsWith("\xff\xd8\xff");
  return text.startsWith("RIFF") && text.endsWith("WEBP");
}
