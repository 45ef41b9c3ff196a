/** Where the three kinds of image files keep words. The pixels are not touched: what was made stays as it was, byte for byte. */
import { crc32 } from "node:zlib";
import { exifWithComment } from "@/lib/gallery/label/exif";

export type Label = { parameters: string; xmp: string };

/** PNG (third edition, 11.3.3): text chunks after the header. */
export function labelPng(png: Buffer, { parameters, xmp }: Label): Buffer {
  const afterHeader = 8 + 25;
  const chunks = [textChunk("parameters", parameters), textChunk("XML:com.adobe.xmp", xmp)];
  return Buffer.concat([png.subarray(0, afterHeader), ...chunks, png.subarray(afterHeader)]);
}

// International text, uncompressed, without language.
function textChunk(keyword: string, text: string): Buffer {
  const data = Buffer.concat([Buffer.from("iTXt", "latin1"), Buffer.from(`${keyword}\0\0\0\0\0`, "latin1"), Buffer.from(text, "utf8")]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(data));
  return Buffer.concat([length, data, sum]);
}

/** JPEG: application segments after the start of the image. A text that is too long for a segment is left out. */
export function labelJpeg(jpeg: Buffer, { parameters, xmp }: Label): Buffer {
  const segments = [
    Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exifWithComment(parameters)]),
    Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0", "latin1"), Buffer.from(xmp, "utf8")]),
  ];
  return Buffer.concat([jpeg.subarray(0, 2), ...segments.flatMap(applicationSegment), jpeg.subarray(2)]);
}

const longestSegment = 65_533;

function applicationSegment(data: Buffer): Buffer[] {
  if (data.length > longestSegment) return [];
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return [head, data];
}

const hasExif = 0x08;
const hasXmp = 0x04;
const hasAlpha = 0x10;

/** WebP (RFC 9649, 2.7): chunks at the end, announced in the extended header, which simple files do not have yet. */
export function labelWebp(webp: Buffer, { parameters, xmp }: Label): Buffer {
  const isExtended = webp.toString("latin1", 12, 16) === "VP8X";
  const header = isExtended ? Buffer.from(webp.subarray(12, 30)) : extendedHeader(webp);
  header[8] = (header[8] ?? 0) | hasExif | hasXmp;
  const rest = webp.subarray(isExtended ? 30 : 12);
  const body = [header, rest, chunk("EXIF", exifWithComment(parameters)), chunk("XMP ", Buffer.from(xmp, "utf8"))];
  const riff = Buffer.from("RIFF\0\0\0\0WEBP", "latin1");
  riff.writeUInt32LE(4 + body.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([riff, ...body]);
}

function chunk(name: string, data: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function extendedHeader(webp: Buffer): Buffer {
  const isLossless = webp.toString("latin1", 12, 16) === "VP8L";
  const bits = isLossless ? webp.readUInt32LE(21) : 0;
  const width = isLossless ? bits & 0x3fff : (webp.readUInt16LE(26) & 0x3fff) - 1;
  const height = isLossless ? (bits >> 14) & 0x3fff : (webp.readUInt16LE(28) & 0x3fff) - 1;
  const data = Buffer.alloc(10);
  if (isLossless && (bits >>> 28) & 1) data[0] = hasAlpha;
  data.writeUIntLE(width, 4, 3);
  data.writeUIntLE(height, 7, 3);
  return chunk("VP8X", data);
}
