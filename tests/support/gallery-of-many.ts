/** A person's gallery as it is after years: entries in the catalog of a running app, of pictures that nobody drew. */
import "./import-from-root.ts";
import path from "node:path";
import type { HttpClient } from "./http-client.ts";
import { makePicture } from "./pictures.ts";

const shapes = [
  { width: 1024, height: 1024 },
  { width: 832, height: 1216 },
  { width: 1344, height: 768 },
  { width: 1216, height: 832 },
];
const words = "mountains neon marble aurora dunes forest petals circles storm crystals lighthouse river garden harbour bridge".split(" ");

/** Fills the gallery of a person who is signed in. The app's folder is that of `startPreview`. */
export async function fillGallery(client: HttpClient, origin: string, folder: string, count: number): Promise<void> {
  // The first picture opens archive and catalog.
  await makePicture(client, origin, { prompt: "the first of many" });
  const { id: owner } = (await (await client.request(`${origin}/api/me`)).json()) as { id: string };
  const [{ openCatalog }, { itemOf, manifestOf }] = await Promise.all([import("@/lib/gallery/catalog"), import("@/tests/support/items")]);
  const catalog = openCatalog(path.join(folder, "cache"));
  const begin = Date.UTC(2024, 0);
  for (let n = 0; n < count; n += 500) {
    const batch = Array.from({ length: Math.min(500, count - n) }, (_, k) => {
      const number = n + k;
      const prompt = [words[number % words.length], words[(number * 7 + (number >> 4)) % words.length], `number${number}`].join(" ");
      const made = manifestOf(owner, { prompt, now: begin + number * 60_000 });
      return itemOf({ ...made, image: { ...made.image, ...shapes[number % shapes.length] } }, { favorite: number % 10 === 0 });
    });
    catalog.put(batch);
  }
  catalog.close();
}
