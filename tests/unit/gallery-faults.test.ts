/** A gallery whose place is not the right one, or whose catalog is. Faults at every single call are in tests/crash. */
import "@/tests/support/in-installation";

import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as gallery from "@/lib/gallery/gallery";
import type { Generation } from "@/lib/gallery/generation";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { sha256 } from "@/lib/gallery/sealed-json";
import { config, generateWith, install, makeTinyImage, restart } from "@/tests/support/installation";

// Many real installations in one test, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const made = new Map<string, string>();
const make = (prompt: string) =>
  gallery.makeGeneration("alice", generationRequestSchema.parse({ prompt }), {
    signal: new AbortController().signal,
    onProgress: () => {},
  });

/** All items by id, in the gallery and in the trash; each must be whole, and its image the very bytes that the generator made. */
async function everything(): Promise<Map<string, Generation>> {
  const items = new Map<string, Generation>();
  for (const trashed of [false, true]) {
    const page = await gallery.listGenerations("alice", { trashed });
    expect(page.total).toBe(page.items.length);
    for (const item of page.items) {
      const { bytes } = await gallery.readImage("alice", item.id, { thumbnail: false });
      expect(sha256(bytes)).toBe(made.get(item.prompt));
      expect((await gallery.readImage("alice", item.id, { thumbnail: true })).type).toBe("image/webp");
      expect(await gallery.getGeneration("alice", item.id)).toEqual(item);
      items.set(item.id, item);
    }
  }
  return items;
}

const objectsIn = async (folder: string) => (await readdir(folder, { recursive: true })).filter((name) => name.startsWith("o/")).sort();

async function begin() {
  await install();
  generateWith(async (request, options) => {
    const image = await makeTinyImage(request, options);
    made.set(request.prompt, sha256(image.bytes));
    return image;
  });
}

beforeEach(begin);

describe("when storage fails", () => {
  it("says so before a picture is made, when the place holds other things", async () => {
    const { dataDir } = config();
    await mkdir(dataDir, { recursive: true });
    await writeFile(`${dataDir}/thesis.txt`, "mine");
    const generate = vi.fn(makeTinyImage);
    generateWith(generate);
    await expect(make("new")).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(generate).not.toHaveBeenCalled();
    expect(await gallery.storageStatus()).toMatchObject({
      place: dataDir,
      kind: expect.any(String),
      problem: expect.stringMatching(/other things/),
      leftOut: null,
    });
    expect(await readdir(dataDir)).toEqual(["thesis.txt"]);
    // The owner clears the folder while the app runs.
    await rm(`${dataDir}/thesis.txt`);
    expect(await gallery.storageStatus()).toMatchObject({ problem: null, leftOut: { damaged: 0, unreadable: 0 } });
    await expect(make("new")).resolves.toMatchObject({ saved: true });
  });

  it("does not begin anew when the archive is not mounted after a restart", async () => {
    const { dataDir } = config();
    const item = await make("kept");
    await rename(dataDir, `${dataDir}-elsewhere`);
    await mkdir(dataDir);
    restart();
    await expect(gallery.listGenerations("alice")).rejects.toMatchObject({ code: "storage_unavailable" });
    await rmdir(dataDir);
    await rename(`${dataDir}-elsewhere`, dataDir);
    expect((await gallery.listGenerations("alice")).items).toEqual([item]);
  });

  it("shows what is known and stores what is made while storage does not answer at the start, and publishes nothing before it knows where", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { dataDir } = config();
    const marker = `${dataDir}/keepsake.json`;
    const item = await make("kept");
    await rename(marker, `${marker}-elsewhere`);
    await mkdir(marker);
    restart();
    const page = await gallery.listGenerations("alice");
    expect(page).toMatchObject({ items: [item], catchingUp: true });
    expect(await make("meanwhile")).toMatchObject({ saved: false });
    expect(await gallery.storageStatus()).toMatchObject({ problem: null, alarm: expect.stringContaining("keepsake.json") });

    // It turns out that another archive is there: it is neither read nor written to, and no more is made for it.
    const before = await objectsIn(dataDir);
    await rmdir(marker);
    await writeFile(marker, JSON.stringify({ version: 1, store: randomUUID() }));
    await vi.waitFor(async () => expect((await gallery.storageStatus()).problem).toMatch(/not the archive/), 10_000);
    await expect(make("refused")).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(await objectsIn(dataDir)).toEqual(before);

    await rename(`${marker}-elsewhere`, marker);
    await vi.waitFor(
      async () => expect(await gallery.storageStatus()).toMatchObject({ backlog: { objects: 0 }, catchingUp: false, alarm: null }),
      20_000,
    );
    expect([...(await everything()).values()].map(({ prompt, saved }) => [prompt, saved])).toEqual([
      ["meanwhile", true],
      ["kept", true],
    ]);
  });

  it("still reports a picture as saved when only the catalog cannot take it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await make("first");
    const database = new DatabaseSync(`${config().cacheDir}/catalog.sqlite`);
    database.exec("CREATE TRIGGER full BEFORE INSERT ON items BEGIN SELECT RAISE(ABORT, 'full'); END");
    const item = await make("second");
    expect(item.saved).toBe(true);
    expect(warn).toHaveBeenCalledOnce();
    database.exec("DROP TRIGGER full");
    database.close();
    expect((await everything()).get(item.id)).toEqual(item);
  });

  it("finds an item that another replica saved, by its id", async () => {
    await gallery.listGenerations("alice");
    const { cacheDir } = config();
    await rename(cacheDir, `${cacheDir}-of-here`);
    restart();
    const item = await make("elsewhere");
    await rm(cacheDir, { recursive: true });
    await rename(`${cacheDir}-of-here`, cacheDir);
    restart();
    await expect(gallery.getGeneration("bob", item.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await gallery.getGeneration("alice", item.id)).toEqual(item);
  });
});
