import sharp from "sharp";
import type { ImageType } from "@/lib/gallery/generation";
import { Failure } from "@/lib/http/errors";

/** Type and size in pixels of what a service sent as a picture. @throws Failure `model_nonsense` when it is none, or not whole */
export async function examine(bytes: Uint8Array<ArrayBuffer>): Promise<{ type: ImageType; width: number; height: number }> {
  try {
    const image = sharp(bytes, { limitInputPixels: 40_000_000, failOn: "error", pages: 1, sequentialRead: true });
    const { format } = await image.metadata();
    if (format !== "png" && format !== "jpeg" && format !== "webp") throw new Error("neither PNG, JPEG nor WebP");
    // Only decoding it from end to end shows whether it is whole.
    const { info } = await image.raw().toBuffer({ resolveWithObject: true });
    return { type: `image/${format}`, width: info.width, height: info.height };
  } catch (cause) {
    throw new Failure("model_nonsense", { cause });
  }
}
