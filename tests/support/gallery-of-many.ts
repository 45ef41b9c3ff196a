/** A person's gallery as it is after years, in the archive and the catalog of a running app; a few hundred pictures are shared by all items. */
import "./import-from-root.ts";
import { link, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { HttpClient } from "./http-client.ts";
import { makePicture } from "./pictures.ts";

const shapes = [
  { width: 1024, height: 1024 },
  { width: 832, height: 1216 },
  { width: 1344, height: 768 },
  { width: 1216, height: 832 },
] as const;
// Whoever types "moor" finds fewer with every letter.
const words = "mountains moon moor moss marble neon aurora dunes forest petals circles storm crystals lighthouse river garden".split(" ");

const distinct = 240;
const atOnce = 500;

type SharedPicture = { image: string; thumbnail: string; placeholder: string; facts: { sha256: string; bytes: number } & Size };
type Size = { width: number; height: number };

/** Fills the gallery of a person who is signed in. The app's folder is that of `startPreview`. */
export async function fillGallery(client: HttpClient, origin: string, folder: string, count: number): Promise<void> {
  // The first picture opens archive and catalog.
  await makePicture(client, origin, { prompt: "the first of many" });
  const { id: owner } = (await (await client.request(`${origin}/api/me`)).json()) as { id: string };
  const [{ openCatalog }, { itemOf, manifestOf }, layout, { writeManifest }] = await Promise.all([
    import("@/lib/gallery/catalog"),
    import("@/tests/support/items"),
    import("@/lib/gallery/layout"),
    import("@/lib/gallery/manifest"),
  ]);
  const pictures = await drawPictures(path.join(folder, "shared"));
  const archive = path.join(folder, "archive");
  for (const shard of layout.shards) await mkdir(path.join(archive, shard), { recursive: true });
  const catalog = openCatalog(path.join(folder, "cache"));
  const begin = Date.UTC(2024, 0);

  const publish = async (number: number): Promise<ArchivedItem> => {
    const prompt = [words[number % words.length], words[(number * 7 + (number >> 4)) % words.length], `number${number}`].join(" ");
    const { image, thumbnail, placeholder, facts } = pictures[number % pictures.length] as SharedPicture;
    const made = { prompt, placeholder, image: { type: "image/webp" as const, ...facts }, now: begin + number * 60_000 };
    const manifest = manifestOf(owner, made);
    await link(image, path.join(archive, layout.imageName(manifest.id, "image/webp")));
    await link(thumbnail, path.join(archive, layout.thumbnailName(manifest.id)));
    await writeFile(path.join(archive, layout.manifestName(manifest.id)), writeManifest(manifest));
    return itemOf(manifest, { favorite: number % 10 === 0 });
  };
  for (let first = 0; first < count; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, count - first) }, (_, offset) => first + offset);
    catalog.put(await Promise.all(numbers.map(publish)));
  }
  catalog.close();
}

/** The wall's pictures in other colours, in the shapes that the app offers. */
async function drawPictures(folder: string): Promise<SharedPicture[]> {
  const [{ examineImage }, { sha256 }] = await Promise.all([import("@/lib/gallery/thumbnail"), import("@/lib/gallery/sealed-json")]);
  await mkdir(folder, { recursive: true });
  const wall = path.join(import.meta.dirname, "..", "..", "public", "wall");
  const sources = await Promise.all((await readdir(wall)).map((name) => readFile(path.join(wall, name))));
  const draw = async (number: number): Promise<SharedPicture> => {
    const size = shapes[number % shapes.length] as Size;
    const bytes = await sharp(sources[number % sources.length])
      .resize({ ...size, fit: "cover" })
      .modulate({ hue: (number * 67) % 360 })
      .webp({ quality: 60, effort: 0 })
      .toBuffer();
    const { thumbnail, placeholder } = await examineImage(bytes, "image/webp");
    const [image, small] = [`${number}.webp`, `${number}.thumb.webp`].map((name) => path.join(folder, name)) as [string, string];
    await Promise.all([writeFile(image, bytes), writeFile(small, thumbnail)]);
    return { image, thumbnail: small, placeholder, facts: { sha256: sha256(bytes), bytes: bytes.length, ...size } };
  };
  const drawn: SharedPicture[] = [];
  for (let number = 0; number < distinct; number += 1) drawn.push(await draw(number));
  return drawn;
}
