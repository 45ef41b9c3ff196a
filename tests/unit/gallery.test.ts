import "@/tests/support/in-installation";

import { access, readdir, rm } from "node:fs/promises";
import sharp from "sharp";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as gallery from "@/lib/gallery/gallery";
import { idPattern, limits } from "@/lib/gallery/generation";
import { newId } from "@/lib/gallery/id";
import { imageName, thumbnailName } from "@/lib/gallery/layout";
import { type GenerationRequest, generationRequestSchema } from "@/lib/gallery/requests";
import { sha256 } from "@/lib/gallery/sealed-json";
import type { Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { config, generateWith, install, makeTinyImage, restart, storage } from "@/tests/support/installation";

const ask = (changes: Partial<GenerationRequest> = {}): GenerationRequest => ({
  ...generationRequestSchema.parse({ prompt: "A quiet harbour" }),
  ...changes,
});
const quietly = (signal = new AbortController().signal) => ({ signal, onProgress: () => {} });
const make = (owner: string, changes?: Partial<GenerationRequest>) => gallery.makeGeneration(owner, ask(changes), quietly());
const failure = (code: string) => expect.objectContaining({ name: "Failure", code });

let dataDir = "";
beforeEach(async () => {
  ({ dataDir } = await install());
});

describe("making", () => {
  it("returns what was made, keeps it, and shows it again after a restart", async () => {
    const made = await make("alice", { prompt: "Ein Leuchtturm\n灯台 🏮", seed: 7 });
    expect(made).toMatchObject({ prompt: "Ein Leuchtturm\n灯台 🏮", seed: 7, width: 8, height: 6, type: "image/png", saved: true });
    expect(made).toMatchObject({ title: null, favorite: false, trashedAt: null, generator: "embedded", parameters: { style: "flat" } });
    expect(made.id).toMatch(idPattern);
    expect(made.imageUrl).toBe(`/api/generations/${made.id}/image`);
    expect(made.thumbnailUrl).toBe(`/api/generations/${made.id}/image?width=640`);
    expect(Buffer.from(made.placeholder, "base64").length).toBeGreaterThan(4);
    restart();
    expect(await gallery.listGenerations("alice")).toEqual({ items: [made], nextCursor: null, total: 1 });
    expect(await gallery.getGeneration("alice", made.id)).toEqual(made);
  });

  it("draws a seed when none is given, and keeps it", async () => {
    const seeds = [(await make("alice")).seed, (await make("alice")).seed];
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed <= limits.seed).toBe(true);
    expect(seeds[0]).not.toBe(seeds[1]);
  });

  it("passes on what the generator tells", async () => {
    const told: Progress[] = [];
    generateWith(async (request, options) => {
      options.onProgress({ type: "progress", done: 1, total: 2 });
      return makeTinyImage(request, options);
    });
    await gallery.makeGeneration("alice", ask(), { signal: new AbortController().signal, onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([{ type: "progress", done: 1, total: 2 }]);
  });

  it("has the generator stop when it is aborted, and keeps nothing", async () => {
    const controller = new AbortController();
    const begun = Promise.withResolvers<void>();
    generateWith((_, { signal }) => {
      begun.resolve();
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const making = gallery.makeGeneration("alice", ask(), quietly(controller.signal));
    making.catch(() => undefined);
    await begun.promise;
    controller.abort();
    await expect(making).rejects.toEqual(failure("generation_cancelled"));
    restart();
    expect((await gallery.listGenerations("alice")).total).toBe(0);
    expect((await readdir(dataDir, { recursive: true })).filter((name) => name.includes("."))).toEqual(["keepsake.json"]);
  });

  it("lets a person have four in the making, and others theirs", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    generateWith(async (request, options) => finished.then(() => makeTinyImage(request, options)));
    const waiting = Array.from({ length: limits.waitingPerPerson }, () => make("alice"));
    await expect(make("alice")).rejects.toEqual(failure("too_many_waiting"));
    const other = make("bob");
    finish();
    await Promise.all([...waiting, other]);
    await expect(make("alice")).resolves.toMatchObject({ saved: true });
  });

  it("gives the place back when making fails", async () => {
    generateWith(async () => {
      throw new Failure("generator_failed");
    });
    for (let n = 0; n < 6; n += 1) await expect(make("alice")).rejects.toEqual(failure("generator_failed"));
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["SVG", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`)],
    ["a web page", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["the first bytes of a PNG", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
  ])("does not keep %s as an image", async (_, bytes) => {
    generateWith(async (request, options) => ({ ...(await makeTinyImage(request, options)), bytes: new Uint8Array(bytes) }));
    await expect(make("alice")).rejects.toEqual(failure("generator_failed"));
    expect((await gallery.listGenerations("alice")).total).toBe(0);
  });

  it("does not keep an image of another type than it is said to be", async () => {
    generateWith(async (request, options) => ({ ...(await makeTinyImage(request, options)), type: "image/webp" }));
    await expect(make("alice")).rejects.toEqual(failure("generator_failed"));
  });
});

describe("listing", () => {
  it("pages newest first, with exact totals", async () => {
    const made = [];
    for (let n = 0; n < 5; n += 1) made.push(await make("alice"));
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await gallery.listGenerations("alice", { cursor, limit: 2 });
      expect(page.total).toBe(5);
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(made.toReversed());
  });

  it("separates favourites and the trash", async () => {
    const [plain, loved, gone] = [await make("alice"), await make("alice"), await make("alice")];
    await gallery.markGeneration("alice", loved.id, { favorite: true });
    await gallery.trashGeneration("alice", gone.id);
    const ids = async (query: Parameters<typeof gallery.listGenerations>[1]) => {
      const { items, total } = await gallery.listGenerations("alice", query);
      expect(total).toBe(items.length);
      return items.map(({ id }) => id);
    };
    expect(await ids({})).toEqual([loved.id, plain.id]);
    expect(await ids({ favorite: true })).toEqual([loved.id]);
    expect(await ids({ trashed: true })).toEqual([gone.id]);
    expect(await gallery.measureUsage("alice")).toEqual({ count: 2, trashed: 1, bytes: plain.bytes + loved.bytes + gone.bytes });
  });
});

describe("the bytes", () => {
  it("are those that were made, and the thumbnail is a WebP of the same shape", async () => {
    generateWith(async (request, options) => {
      const image = await makeTinyImage(request, options);
      return { ...image, bytes: new Uint8Array(await sharp(image.bytes).resize(1280, 960).jpeg().toBuffer()), type: "image/jpeg" };
    });
    const made = await make("alice");
    expect(made).toMatchObject({ width: 1280, height: 960, type: "image/jpeg" });
    const image = await gallery.readImage("alice", made.id, { thumbnail: false });
    expect(image).toMatchObject({ type: "image/jpeg", etag: sha256(image.bytes) });
    expect(image.bytes.length).toBe(made.bytes);
    const thumbnail = await gallery.readImage("alice", made.id, { thumbnail: true });
    expect(thumbnail).toMatchObject({ type: "image/webp", etag: `${image.etag}-thumbnail` });
    expect(await sharp(thumbnail.bytes).metadata()).toMatchObject({ format: "webp", width: 640, height: 480 });
  });

  it("are refused rather than served when they are not those that were made, or missing", async () => {
    const { id } = await make("alice");
    const name = imageName(id, "image/png");
    await storage.store?.remove(name);
    await expect(gallery.readImage("alice", id, { thumbnail: false })).rejects.toEqual(failure("storage_unavailable"));
    await storage.store?.publish(name, Buffer.from("something else"));
    await expect(gallery.readImage("alice", id, { thumbnail: false })).rejects.toEqual(failure("storage_unavailable"));
  });

  it("of a thumbnail are made again when they are missing", async () => {
    const { id } = await make("alice");
    const before = await gallery.readImage("alice", id, { thumbnail: true });
    await storage.store?.remove(thumbnailName(id));
    await rm(`${config().cacheDir}/thumbnails`, { recursive: true, force: true });
    restart();
    expect(await gallery.readImage("alice", id, { thumbnail: true })).toEqual(before);
  });

  it("of a thumbnail that was looked at are shown while storage does not answer, until it is erased", async () => {
    const { id } = await make("alice");
    const before = await gallery.readImage("alice", id, { thumbnail: true });
    const file = `${config().cacheDir}/thumbnails/${id}.webp`;
    await vi.waitFor(() => access(file));
    storage.store?.die();
    expect(await gallery.readImage("alice", id, { thumbnail: true })).toEqual(before);
    await expect(gallery.readImage("alice", id, { thumbnail: false })).rejects.toEqual(failure("storage_unavailable"));
    restart();
    await gallery.trashGeneration("alice", id);
    await gallery.eraseGeneration("alice", id);
    await expect(access(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("are not read for whoever has them already", async () => {
    const { id } = await make("alice");
    await gallery.listGenerations("alice");
    storage.store?.die();
    const { etag } = await gallery.findImage("alice", id, { thumbnail: false });
    expect(etag).toMatch(/^[0-9a-f]{64}$/);
  });

  it("of somebody else's item cost storage as much as those of none", async () => {
    const { id } = await make("alice");
    const count = async (asked: string) => {
      const reads = vi.spyOn(storage.store ?? expect.fail(), "read");
      await expect(gallery.getGeneration("bob", asked)).rejects.toEqual(failure("not_found"));
      const times = reads.mock.calls.length;
      reads.mockRestore();
      return times;
    };
    expect(await count(id)).toBe(await count(newId()));
  });
});

describe("changing", () => {
  it("marks, to be seen again after a restart", async () => {
    const { id } = await make("alice");
    await gallery.markGeneration("alice", id, { title: "Harbour", favorite: true });
    const marked = await gallery.markGeneration("alice", id, { title: null });
    expect(marked).toMatchObject({ title: null, favorite: true });
    restart();
    expect(await gallery.getGeneration("alice", id)).toEqual(marked);
  });

  it("keeps the outcome in archive and catalog the same when changes race", async () => {
    const { id } = await make("alice");
    const titles = Array.from({ length: 12 }, (_, n) => `Title ${n}`);
    await Promise.all(titles.map((title) => gallery.markGeneration("alice", id, { title })));
    const live = await gallery.getGeneration("alice", id);
    expect(live.title).toBe("Title 11");
    // What waits to be saved would go with the cache.
    await vi.waitFor(async () => expect((await gallery.storageStatus()).backlog?.objects).toBe(0), 20_000);
    await rm(config().cacheDir, { recursive: true });
    restart();
    expect(await gallery.getGeneration("alice", id)).toEqual(live);
  });

  it("moves to the trash, back, and erases only from there", async () => {
    const { id } = await make("alice");
    await expect(gallery.eraseGeneration("alice", id)).rejects.toEqual(failure("not_in_trash"));
    const trashed = await gallery.trashGeneration("alice", id);
    expect(Date.parse(trashed.trashedAt ?? "")).toBeGreaterThan(0);
    expect(await gallery.trashGeneration("alice", id)).toEqual(trashed);
    expect(await gallery.markGeneration("alice", id, { trashed: false })).toMatchObject({ trashedAt: null });
    await gallery.trashGeneration("alice", id);
    await gallery.eraseGeneration("alice", id);
    await expect(gallery.getGeneration("alice", id)).rejects.toEqual(failure("not_found"));
    await expect(gallery.eraseGeneration("alice", id)).rejects.toEqual(failure("not_found"));
    expect(await gallery.measureUsage("alice")).toEqual({ count: 0, trashed: 0, bytes: 0 });
    const left = (await readdir(dataDir, { recursive: true })).filter((name) => name.includes(id));
    expect(left).toEqual([`t/${id}.json`]);
  });
});

describe("isolation", () => {
  const everyWay: [string, (owner: string, id: string) => Promise<unknown>][] = [
    ["get", (owner, id) => gallery.getGeneration(owner, id)],
    ["image", (owner, id) => gallery.readImage(owner, id, { thumbnail: false })],
    ["thumbnail", (owner, id) => gallery.readImage(owner, id, { thumbnail: true })],
    ["mark", (owner, id) => gallery.markGeneration(owner, id, { favorite: true })],
    ["trash", (owner, id) => gallery.trashGeneration(owner, id)],
    ["erase", (owner, id) => gallery.eraseGeneration(owner, id)],
  ];

  it.each(everyWay)("%s answers the same for another's item, an erased one, an unknown one and nonsense", async (_, act) => {
    const { id } = await make("alice");
    await gallery.trashGeneration("alice", id);
    const before = await gallery.getGeneration("alice", id);
    const erased = await make("bob");
    await gallery.trashGeneration("bob", erased.id);
    await gallery.eraseGeneration("bob", erased.id);
    const nonsense = ["", id.toUpperCase(), `${id} `, `${id}.json`, "../keepsake", `%2e%2e%2f${id}`, `${id}\0`, "x".repeat(10_000)];
    for (const asked of [id, erased.id, newId(), ...nonsense]) {
      const answer = await act("bob", asked).then(
        () => "an answer",
        (error: Failure) => error,
      );
      expect(answer).toStrictEqual(new Failure("not_found"));
    }
    expect(await gallery.getGeneration("alice", id)).toEqual(before);
  });

  it("never mixes lists, and refuses the cursor of another", async () => {
    for (let n = 0; n < 3; n += 1) for (const owner of ["alice", "bob"]) await make(owner, { prompt: `of ${owner}` });
    const page = await gallery.listGenerations("alice", { limit: 1 });
    expect(page).toMatchObject({ total: 3, items: [{ prompt: "of alice" }] });
    const cursor = page.nextCursor ?? undefined;
    await expect(gallery.listGenerations("bob", { cursor })).rejects.toEqual(failure("cursor_invalid"));
    for (const owner of ["alice", "bob"]) {
      const { items } = await gallery.listGenerations(owner);
      expect(items.map(({ prompt }) => prompt)).toEqual(Array(3).fill(`of ${owner}`));
    }
  });
});
