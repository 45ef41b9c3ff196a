/** Large galleries, and how long the parts of the product that know no HTTP take with them. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { openArchive } from "@/lib/gallery/archive";
import { openCatalog } from "@/lib/gallery/catalog";
import { catchUp } from "@/lib/gallery/catch-up";
import * as layout from "@/lib/gallery/layout";
import { writeManifest } from "@/lib/gallery/manifest";
import { openVolume } from "@/lib/storage/volume";
import { fillCatalog } from "@/tests/support/catalog-of-many";
import { manifestOf } from "@/tests/support/items";

const million = 1_000_000;

/** Medians of 200 pages of 50, in ms, in turn: among a thousand pictures of a person, and among a million. */
export async function measurePages(folder: string): Promise<{ small: number; large: number }> {
  const catalogs = [1000, million].map((count) => {
    const catalog = openCatalog(path.join(folder, String(count)));
    fillCatalog(catalog, "anna", 0, count);
    return { catalog, times: [] as number[] };
  });
  for (let n = 0; n < 220; n += 1) {
    for (const { catalog, times } of catalogs) {
      const start = performance.now();
      catalog.page("anna", { trashed: false }, { limit: 50, after: null });
      // The first ones warm up.
      if (n >= 20) times.push(performance.now() - start);
    }
  }
  for (const { catalog } of catalogs) catalog.close();
  const [small = Number.NaN, large = Number.NaN] = catalogs.map(({ times }) => times.sort((a, b) => a - b)[100]);
  return { small, large };
}

/** Writes the manifests of a person, one a minute, as an archive in a folder. There are no images. */
export async function writeArchive(folder: string, owner: string, count: number): Promise<void> {
  for (const shard of layout.shards) await mkdir(path.join(folder, shard), { recursive: true });
  await writeFile(path.join(folder, layout.markerName), JSON.stringify({ version: 1, store: crypto.randomUUID() }));
  for (let n = 0; n < count; n += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, k) => {
        const manifest = manifestOf(owner, { now: Date.UTC(2024, 0) + (n + k) * 60_000 });
        return writeFile(path.join(folder, layout.manifestName(manifest.id)), writeManifest(manifest));
      }),
    );
  }
}

/** Builds the catalog of an archive in several ways; all in seconds. */
export async function measureRebuild(archiveFolder: string, cacheFolder: string) {
  const archive = await openArchive(openVolume({ folder: archiveFolder }), null);
  const seconds = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  const catalog = openCatalog(cacheFolder);
  const fromManifests = await seconds(() => catchUp(archive, catalog));
  const nothingNew = await seconds(() => catchUp(archive, catalog));
  const snapshot = await seconds(() => archive.snapshots.take(catalog, Date.now()));
  catalog.close();
  await rm(cacheFolder, { recursive: true });
  const again = openCatalog(cacheFolder);
  const fromSnapshot = await seconds(() => catchUp(archive, again));
  const { items } = again.count();
  again.close();
  await rm(path.join(archiveFolder, "s"), { recursive: true });
  return { items, fromManifests, fromSnapshot, snapshot, nothingNew };
}
