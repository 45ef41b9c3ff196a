/** Image files without anything but the image: what engines write beside it may hold the prompt. */
import sharp from "sharp";
import type { ImageType } from "@/lib/gallery/generation";

/** PNG (third edition, 5.6): what decoding needs, and how colours and pixels are meant. */
const pngChunks = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "pHYs"]);
/** WebP (RFC 9649, 2.7): still images and their colours. */
const webpChunks = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"]);

const ofType: Record<ImageType, (bytes: Buffer) => Buffer | Promise<Buffer>> = {
  "image/png": barePng,
  "image/jpeg": bareJpeg,
  "image/webp": bareWebp,
};

/** The same image without words. @throws RangeError, or Error of sharp, when the bytes are no whole image of that type */
export async function withoutWords(bytes: Uint8Array, type: ImageType): Promise<Buffer> {
  return ofType[type](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function barePng(png: Buffer): Buffer {
  const kept = [png.subarray(0, 8)];
  for (let at = 8; at < png.length; ) {
    const end = at + 12 + png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    if (pngChunks.has(name)) kept.push(png.subarray(at, end));
    // What follows the end belongs to no image.
    if (name === "IEND") break;
    at = end;
  }
  return Buffer.concat(kept);
}

// Its words may stand anywhere, also between scans and behind the end, and one of them turns the image: so it is written anew.
async function bareJpeg(jpeg: Buffer): Promise<Buffer> {
  return sharp(jpeg, { limitInputPixels: 40_000_000 })
    .autoOrient()
    .keepIccProfile()
    .timeout({ seconds: 20 })
    .jpeg({ quality: 95 })
    .toBuffer();
}

const announcedWords = 0x08 | 0x04;

function bareWebp(webp: Buffer): Buffer {
  const kept: Buffer[] = [];
  const length = Math.min(webp.length, 8 + webp.readUInt32LE(4));
  for (let at = 12; at + 8 <= length; ) {
    const size = webp.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    const name = webp.toString("latin1", at, at + 4);
    const chunk = Buffer.from(webp.subarray(at, end));
    if (name === "VP8X") chunk[8] = (chunk[8] ?? 0) & ~announcedWords;
    if (webpChunks.has(name)) kept.push(chunk);
    at = end;
  }
  const riff = Buffer.from("RIFF\0\0\0\0WEBP", "latin1");
  riff.writeUInt32LE(4 + kept.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([riff, ...kept]);
}
