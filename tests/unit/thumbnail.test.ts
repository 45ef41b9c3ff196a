import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { thumbHashToApproximateAspectRatio } from "thumbhash";
import { describe, expect, it } from "vitest";
import { type ImageType, imageTypes } from "@/lib/gallery/generation";
import { examineImage } from "@/lib/gallery/thumbnail";

const refused = expect.objectContaining({ name: "Failure", code: "generator_failed" });

/** A picture with something in it, so that a part of it is not the whole. */
async function picture(type: ImageType, width = 900, height = 600): Promise<Buffer> {
  const pixels = Buffer.from(Uint8Array.from({ length: width * height * 3 }, (_, n) => (n * 2_654_435_761) >>> 24));
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .toFormat(type.replace("image/", "") as "png" | "jpeg" | "webp")
    .toBuffer();
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A few kilobytes that claim to be, and unpack to, a very large image. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * 100));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("examining an image", () => {
  it.each(Object.keys(imageTypes) as ImageType[])("finds size, thumbnail and placeholder of %s", async (type) => {
    const { width, height, thumbnail, placeholder } = await examineImage(await picture(type), type);
    expect([width, height]).toEqual([900, 600]);
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: "webp", width: 640, height: 427 });
    const hash = Buffer.from(placeholder, "base64");
    expect(hash.length).toBeLessThan(40);
    expect(thumbHashToApproximateAspectRatio(hash)).toBeCloseTo(1.5, 0);
  });

  it("never enlarges", async () => {
    const { thumbnail } = await examineImage(await picture("image/png", 20, 30), "image/png");
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 20, height: 30 });
  });

  it("turns the thumbnail upright, and tells the size as it is seen", async () => {
    const lying = await sharp(await picture("image/jpeg", 900, 600))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { width, height, thumbnail } = await examineImage(lying, "image/jpeg");
    expect([width, height]).toEqual([600, 900]);
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 600, height: 900 });
  });

  it("takes one pixel", async () => {
    expect(await examineImage(await picture("image/png", 1, 1), "image/png")).toMatchObject({ width: 1, height: 1 });
  });

  it("refuses one type under the name of another", async () => {
    const types = Object.keys(imageTypes) as ImageType[];
    for (const is of types) {
      const bytes = await picture(is, 20, 20);
      for (const said of types) if (said !== is) await expect(examineImage(bytes, said)).rejects.toEqual(refused);
    }
  });

  it.each(["image/png", "image/jpeg", "image/webp"] as const)("refuses a part of %s", async (type) => {
    const whole = await picture(type);
    for (const share of [0, 0.001, 0.1, 0.5, 0.9]) {
      const part = whole.subarray(0, Math.floor(whole.length * share));
      await expect(examineImage(part, type), `${share}`).rejects.toEqual(refused);
    }
  });

  it("refuses what is small to send and huge to open", async () => {
    const huge = bomb(30_000);
    expect(huge.length).toBeLessThan(10_000);
    await expect(examineImage(huge, "image/png")).rejects.toMatchObject({
      code: "generator_failed",
      cause: { message: expect.stringContaining("pixel limit") },
    });
  });

  it("refuses noise behind the right first bytes", async () => {
    const noise = Buffer.from(Uint8Array.from({ length: 5000 }, (_, n) => (n * 40_503) >>> 3));
    const whole = await picture("image/png");
    await expect(examineImage(Buffer.concat([whole.subarray(0, 60), noise]), "image/png")).rejects.toEqual(refused);
  });
});
