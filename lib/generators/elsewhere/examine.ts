import sharp from "sharp";
import type { ImageType } from "@/lib/gallery/generation";
import { Failure } from "@/lib/http/errors";

/** How files begin that are one of ours: anything else is not even looked at, since decoders of other formats read more than pixels. */
const beginnings = [Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from([0xff, 0xd8, 0xff]), Buffer.from("RIFF")];

/** Type and size in pixels of what a service sent as a picture. @throws Failure `model_nonsense` when it is none, or not whole */
export async function examine(bytes: Uint8Array<ArrayBuffer>): Promise<{ type: ImageType; width: number; height: number }> {
  try {
    if (!beginnings.some((beginning) => beginning.equals(bytes.subarray(0, beginning.length))))
      throw new Error("it begins like no picture");
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
