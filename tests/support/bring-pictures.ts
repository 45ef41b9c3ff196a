/** Pictures for tests that need many, or any at all: brought in over HTTP as a person brings their own, without waiting for an engine. */
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { newId, timeOfId } from "@/lib/gallery/id";
import { type Manifest, writeManifest } from "@/lib/gallery/manifest";
import { sha256 } from "@/lib/gallery/sealed-json";
import { writeZip, type ZipEntry } from "@/lib/gallery/zip/writer";
import type { HttpClient } from "./http-client.ts";
import type { Picture } from "./pictures.ts";

type Wanted = { prompt: string; width?: number; height?: number; generator?: string; model?: string };

type PictureOfEach<W extends readonly Wanted[]> = { [K in keyof W]: Picture };

/** Resolves with the items once all are saved; the last is the newest. Each image has a colour of its own. */
export async function bringPictures<const W extends readonly Wanted[]>(
  client: HttpClient,
  app: string,
  wanted: W,
): Promise<PictureOfEach<W>> {
  const { id: owner } = (await (await client.request(`${app}/api/me`)).json()) as { id: string };
  // Ids first: they grow in the order in which they are asked for.
  const named = wanted.map((each) => ({ ...each, id: newId() }));
  const packed = await Promise.all(named.map((each, index) => pack(owner, each, index)));
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(entriesOf(packed))) chunks.push(chunk);
  const headers = { origin: app, "content-type": "application/zip" };
  const response = await client.request(`${app}/api/import`, { method: "POST", headers, body: Buffer.concat(chunks) });
  const report = await response.text();
  if (!report.includes(`"imported":${wanted.length}`)) throw new Error(`bringing pictures answered ${response.status}: ${report}`);
  const items = packed.map(({ manifest: { id, prompt, seed, image } }): Picture => {
    const { width, height } = image;
    return { id, prompt, seed, width, height, imageUrl: `/api/generations/${id}/image` };
  });
  // One for each that was wanted.
  return items as PictureOfEach<W>;
}

type Packed = { manifest: Manifest; bytes: Buffer };

async function pack(
  owner: string,
  { id, prompt, width = 832, height = 1216, generator = "embedded", model }: Wanted & { id: string },
  index: number,
): Promise<Packed> {
  const background = { r: (index * 67) % 256, g: (index * 29 + 90) % 256, b: (index * 11 + 160) % 256 };
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const image = { sha256: sha256(bytes), bytes: bytes.length, type: "image/png" as const, width, height };
  const made = { generator, model: model ?? null, parameters: {}, seed: index, placeholder: "1QcSHQRnh493V4dIh4eXh1h4kJUI" };
  return { manifest: { version: 1, id, owner, createdAt: timeOfId(id), prompt, ...made, image, appVersion: "0.1.0" }, bytes };
}

async function* entriesOf(packed: readonly Packed[]): AsyncIterable<ZipEntry> {
  for (const { manifest, bytes } of packed) {
    const modified = new Date(manifest.createdAt);
    for (const [name, content] of [
      [`${manifest.id}.png`, bytes],
      [`${manifest.id}.json`, writeManifest(manifest)],
    ] as const) {
      yield { name: `pictures/${name}`, size: content.length, crc32: crc32(content), modified, content: [content] };
    }
  }
}
