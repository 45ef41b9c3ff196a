/** Erasing an account: hidden at once and for good, removed with proof, and nobody else is touched. */
import "@/tests/support/in-installation";

import { mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { archiveIn } from "@/lib/gallery/archive";
import { createCollection, listCollections } from "@/lib/gallery/collections";
import { eraseAccount } from "@/lib/gallery/erase-account";
import { exportPictures } from "@/lib/gallery/export";
import * as gallery from "@/lib/gallery/gallery";
import { importPictures } from "@/lib/gallery/import";
import { accountKey, imageName, manifestName, parseAccountTombstone, snapshotName } from "@/lib/gallery/layout";
import { openedLibrary } from "@/lib/gallery/library";
import { notYetSaved } from "@/lib/gallery/not-yet-saved";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { sweep } from "@/lib/gallery/sweep";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";
import { config, install, restart, storage, untilDeath } from "@/tests/support/installation";

const make = (owner: string) =>
  gallery.makeGeneration(owner, generationRequestSchema.parse({ prompt: "A quiet harbour" }), {
    signal: new AbortController().signal,
    onProgress: () => {},
  });
const files = async () => (await readdir(config().dataDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
const filesOf = async (id: string) => (await files()).map(({ name }) => name).filter((name) => name.includes(id));
const afterRebuild = async () => {
  await rm(config().cacheDir, { recursive: true });
  restart();
};

beforeEach(install);

describe("erasing an account", () => {
  it("removes every object of the person, says so truthfully, and leaves others alone", async () => {
    const [first, second, third, eves] = [await make("ada"), await make("ada"), await make("ada"), await make("eve")];
    await gallery.markGeneration("ada", first.id, { favorite: true });
    await gallery.trashGeneration("ada", second.id);
    const before = await gallery.listGenerations("eve");
    expect(await eraseAccount("ada")).toEqual({
      pictures: 3,
      collections: 0,
      links: 0,
      bytes: first.bytes + second.bytes + third.bytes,
      objectsRemoved: 3 * 3 + 2,
      objectsLeft: 0,
    });
    for (const { id } of [first, second, third]) {
      expect(await filesOf(id)).toEqual([]);
      await expect(gallery.getGeneration("ada", id)).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await gallery.measureUsage("ada")).toEqual({ count: 0, trashed: 0, bytes: 0 });
    expect(await gallery.listGenerations("eve")).toEqual(before);
    expect(await filesOf(eves.id)).toHaveLength(3);
  });

  it("holds after a rebuild, also for what storage did not let go of, which the sweeper then removes", async () => {
    const kept = await make("ada");
    await mkdir(config().dataDir, { recursive: true });
    const object = path.join(config().dataDir, manifestName(kept.id));
    const manifest = await import("node:fs/promises").then(({ readFile }) => readFile(object));
    await eraseAccount("ada");
    // The removal was undone, as a mounted bucket can do when its daemon dies.
    await writeFile(object, manifest);
    await writeFile(path.join(config().dataDir, imageName(kept.id, "image/png")), "image");
    await afterRebuild();
    expect((await gallery.listGenerations("ada")).items).toEqual([]);
    await expect(gallery.getGeneration("ada", kept.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await sweep()).toEqual({ removed: 2, left: 0 });
    expect(await filesOf(kept.id)).toEqual([]);
    expect(await sweep()).toEqual({ removed: 0, left: 0 });
  });

  it("takes with it what a clock that is ahead has made, and not what a clock that is right makes then", async () => {
    const ahead = Date.now() + 120_000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(ahead);
    const [shown, trashed] = [await make("ada"), await make("ada")];
    await gallery.trashGeneration("ada", trashed.id);
    await createCollection("ada", "of the future");
    await gallery.untilSaved(trashed, 5000);
    clock.mockRestore();
    await make("ada");
    expect(await eraseAccount("ada")).toMatchObject({ pictures: 3, collections: 1, objectsRemoved: 3 * 3 + 2, objectsLeft: 0 });
    for (const { id } of [shown, trashed]) expect((await filesOf(id)).filter((name) => name !== `${id}.json`)).toEqual([]);
    restart();
    const later = await make("ada");
    await afterRebuild();
    expect((await gallery.listGenerations("ada")).items.map(({ id }) => id)).toEqual([later.id]);
    expect(await listCollections("ada")).toEqual([]);
  });

  it("erases nothing when it cannot be stored, also not of what a clock that is ahead has made", async () => {
    await gallery.untilSaved(await make("ada"), 5000);
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 120_000);
    await gallery.untilSaved(await make("ada"), 5000);
    clock.mockRestore();
    const before = await gallery.listGenerations("ada");
    const { outbox } = await openedLibrary();
    const put = outbox.put;
    vi.spyOn(outbox, "put").mockImplementation(async (objects) => {
      if (objects.some(({ name }) => parseAccountTombstone(name))) throw Object.assign(new Error("full"), { errcode: 13 });
      return put(objects);
    });
    await expect(eraseAccount("ada")).rejects.toMatchObject({ code: "storage_full" });
    vi.restoreAllMocks();
    await afterRebuild();
    expect(await gallery.listGenerations("ada")).toEqual(before);
  });

  it("does not say that nothing was erased once it was", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { id } = await make("ada");
    const { catalog } = await openedLibrary();
    vi.spyOn(catalog, "knows").mockImplementation(() => {
      throw Object.assign(new Error("database disk image is malformed"), { code: "ERR_SQLITE_ERROR" });
    });
    expect(await eraseAccount("ada")).toMatchObject({ pictures: 1, objectsRemoved: 0, objectsLeft: null });
    vi.restoreAllMocks();
    restart();
    await expect(gallery.getGeneration("ada", id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("does not touch what is made afterwards", async () => {
    await make("ada");
    await eraseAccount("ada");
    const later = await make("ada");
    await afterRebuild();
    expect((await gallery.listGenerations("ada")).items.map(({ id }) => id)).toEqual([later.id]);
    await sweep();
    expect(await filesOf(later.id)).toHaveLength(3);
  });

  it("cannot be undone by bringing pictures back", async () => {
    await make("ada");
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await exportPictures("ada")).content) chunks.push(chunk);
    await eraseAccount("ada");
    const lines = [];
    const upload = (async function* () {
      yield* chunks;
    })();
    for await (const line of await importPictures("ada", upload)) lines.push(line);
    expect(lines[0]).toMatchObject({ outcome: "refused", why: "erased" });
    expect((await gallery.listGenerations("ada")).items).toEqual([]);
  });

  it("removes what was made once storage has taken the tombstone, though it refused at first", async () => {
    const { id } = await make("ada");
    storage.store?.arm({ call: 1, what: "fails" });
    expect(await eraseAccount("ada")).toMatchObject({ pictures: 1, objectsRemoved: 3, objectsLeft: 0 });
    await expect(gallery.getGeneration("ada", id)).rejects.toMatchObject({ code: "not_found" });
    expect(await filesOf(id)).toEqual([]);
  });

  it("finishes when it dies at any call after the tombstone", async () => {
    for (let call = 2; ; call += 1) {
      const { id } = await make("ada");
      storage.store?.arm({ call, what: "dies before" });
      await untilDeath(eraseAccount("ada").catch(() => undefined));
      const struck = storage.store?.hasStruck();
      restart();
      expect((await gallery.listGenerations("ada")).items, `call ${call}`).toEqual([]);
      // Nothing is removed before the outbox of the new process has brought the tombstone to storage.
      await vi.waitFor(async () => {
        await sweep();
        expect(await filesOf(id), `call ${call}`).toEqual([]);
      }, 5000);
      if (!struck || call > 20) break;
    }
  });

  it.each(["68d1", "user|with/odd:characters", "ä", "a".repeat(200)])("names a person in a tombstone safely: %s", (owner) => {
    const name = `t/account.${accountKey(owner)}.1790000000000.json`;
    expect(name).toMatch(/^[A-Za-z0-9./-]+$/);
    expect(parseAccountTombstone(name)).toEqual({ account: accountKey(owner), before: 1_790_000_000_000 });
  });
});

describe("snapshots", () => {
  const wordsIn = async () => {
    const folder = path.join(config().dataDir, "s");
    const all = await Promise.all(
      (await readdir(folder)).map(async (name) => gunzipSync(await readFile(path.join(folder, name))).toString()),
    );
    return all.join("\n");
  };

  it("hold nothing of an account that was erased, and everything of others", async () => {
    const [adas, eves] = [await make("ada"), await make("eve")];
    await gallery.untilSaved(adas, 5000);
    await gallery.untilSaved(eves, 5000);
    const { archive, catalog } = await openedLibrary();
    const now = Date.now();
    for (const at of [now - 2, now - 1, now + 60_000]) await archive.snapshots.take(catalog, at);
    expect(await wordsIn()).toContain(adas.id);
    expect(await eraseAccount("ada")).toMatchObject({ pictures: 1, objectsLeft: 0 });
    expect(await archive.snapshots.taken()).toEqual([now + 60_001]);
    expect(await wordsIn()).not.toContain(adas.id);
    expect(await wordsIn()).toContain(eves.id);
  });

  /** Calls back when a snapshot has come to storage, before whoever took it hears of that. */
  const onceStored = (then: () => Promise<unknown>) => {
    const publish = storage.store?.publish ?? (() => Promise.resolve());
    const stored = vi.spyOn(storage.store as ObjectStore, "publish").mockImplementation(async (name, bytes) => {
      await publish(name, bytes);
      if (!name.startsWith("s/")) return;
      stored.mockRestore();
      await then();
    });
  };

  it.each(["replica", "erasure"])("are taken in turn, the first by the %s, and none is forgotten", async (first) => {
    const adas = await make("ada");
    await gallery.untilSaved(adas, 5000);
    const { archive, catalog, replica } = await openedLibrary();
    await replica.catchUp();
    const begun = Date.now();
    await archive.snapshots.take(catalog, begun);
    catalog.snapshotTaken(begun, 700);
    const both = { replica: () => replica.catchUp(), erasure: () => eraseAccount("ada") };
    let second: Promise<unknown> | null = null;
    onceStored(() => {
      second = first === "replica" ? both.erasure() : both.replica();
      return delay(300);
    });
    await (first === "replica" ? both.replica() : both.erasure());
    await second;
    const taken = await archive.snapshots.taken();
    expect(taken).toHaveLength(1);
    expect(catalog.progress()).toEqual({ changes: 0, snapshotAt: taken[0] });
    expect(await wordsIn()).not.toContain(adas.id);
  });

  it("are due again when something was erased while one was taken", async () => {
    const [adas, eves] = [await make("ada"), await make("eve")];
    await gallery.untilSaved(adas, 5000);
    await gallery.trashGeneration("eve", eves.id);
    const { archive, catalog } = await openedLibrary();
    await archive.snapshots.take(catalog, Date.now());
    onceStored(() => gallery.eraseGeneration("eve", eves.id));
    await eraseAccount("ada");
    expect(await wordsIn()).toContain(eves.id);
    expect(catalog.progress()).toEqual({ changes: 1, snapshotAt: (await archive.snapshots.taken())[0] });
  });

  it("that storage does not let go of are counted as left", async () => {
    await make("ada");
    const { archive, catalog } = await openedLibrary();
    await archive.snapshots.take(catalog, Date.now());
    const remove = storage.store?.remove ?? (() => Promise.resolve());
    vi.spyOn(storage.store as ObjectStore, "remove").mockImplementation((name) =>
      name.startsWith("s/") ? Promise.resolve() : remove(name),
    );
    expect(await eraseAccount("ada")).toMatchObject({ objectsRemoved: 3, objectsLeft: 1 });
    vi.restoreAllMocks();
  });
});

describe("what storage does not tell", () => {
  it("is not proof that nothing is left", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { id } = await make("ada");
    await make("ada");
    await vi.waitFor(async () => expect(await filesOf(id)).toHaveLength(3));
    const read = storage.store?.read ?? (() => Promise.resolve(null));
    vi.spyOn(storage.store as ObjectStore, "read").mockImplementation(async (name) => {
      if (name === manifestName(id)) throw new StorageFailure("EIO", { cause: null });
      return read(name);
    });
    expect(await eraseAccount("ada")).toMatchObject({ pictures: 2, objectsRemoved: 3, objectsLeft: 3 });
    expect(await filesOf(id)).toHaveLength(3);
    vi.restoreAllMocks();
    expect(await sweep()).toEqual({ removed: 3, left: 0 });
  });

  it("is waited for before an account is erased", async () => {
    await make("ada");
    const { replica } = await openedLibrary();
    vi.spyOn(replica, "untilSettled").mockResolvedValue();
    const unsettled = vi.spyOn(replica, "isSettled").mockReturnValue(false);
    await expect(eraseAccount("ada")).rejects.toMatchObject({ code: "storage_unavailable" });
    unsettled.mockRestore();
    expect((await gallery.listGenerations("ada")).total).toBe(1);
  });
});

describe("what was kept on local disk to be shown quickly", () => {
  const cached = async (folder: string) => (await readdir(path.join(config().cacheDir, folder)).catch(() => [])).toSorted();
  /** Made, and looked at by a link, too. */
  const makeAndShow = async (owner: string) => {
    const { id } = await make(owner);
    (await openedLibrary()).bareJpegs.put(id, Buffer.from("stands for a JPEG without words"));
    await vi.waitFor(async () => {
      expect(await cached("thumbnails")).toContain(`${id}.webp`);
      expect(await cached("bare-jpegs")).toContain(`${id}.jpg`);
    });
    return id;
  };
  const expectOnly = async (ids: readonly string[]) => {
    expect(await cached("thumbnails")).toEqual(ids.map((id) => `${id}.webp`).toSorted());
    expect(await cached("bare-jpegs")).toEqual(ids.map((id) => `${id}.jpg`).toSorted());
  };

  it("goes with the account, and nobody else's", async () => {
    const [adas, eves] = [await makeAndShow("ada"), await makeAndShow("eve")];
    await expectOnly([adas, eves]);
    await eraseAccount("ada");
    await expectOnly([eves]);
  });

  it.each(["picture", "account"])("goes when another replica has erased the %s", async (what) => {
    const [adas, eves] = [await makeAndShow("ada"), await makeAndShow("eve")];
    const { archive, replica } = await openedLibrary();
    const elsewhere = archiveIn(storage.store ?? expect.fail(), archive.id);
    if (what === "picture") await elsewhere.erase({ id: adas });
    else await elsewhere.eraseAccount({ account: accountKey("ada"), before: Date.now() });
    await replica.catchUp();
    await sweep();
    await expectOnly([eves]);
  });

  it("goes with what is erased for its age, and when it was read just before that", async () => {
    const [old, kept] = [await makeAndShow("ada"), await makeAndShow("ada")];
    await gallery.trashGeneration("ada", old);
    const { replica, bareJpegs } = await openedLibrary();
    await replica.catchUp();
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 365 * 86_400_000);
    await sweep();
    await expectOnly([kept]);
    bareJpegs.put(old, Buffer.from("was on its way"));
    await vi.waitFor(async () => expect(await cached("bare-jpegs")).toContain(`${old}.jpg`));
    await sweep();
    await expectOnly([kept]);
  });

  it("stays while the catalog may lack what is there", async () => {
    const ids = [await makeAndShow("ada"), await makeAndShow("eve")];
    const { catalog, replica } = await openedLibrary();
    vi.spyOn(replica, "isSettled").mockReturnValue(false);
    vi.spyOn(catalog, "knows").mockReturnValue(false);
    await sweep();
    await expectOnly(ids);
  });
});

describe("sweeping", () => {
  it("removes what came back of an item that was erased, and nothing else", async () => {
    const [kept, erased] = [await make("ada"), await make("ada")];
    await gallery.trashGeneration("ada", erased.id);
    await gallery.eraseGeneration("ada", erased.id);
    await writeFile(path.join(config().dataDir, imageName(erased.id, "image/png")), "back again");
    expect(await sweep()).toEqual({ removed: 1, left: 0 });
    expect(await filesOf(erased.id)).toEqual([`${erased.id}.json`]);
    expect(await filesOf(kept.id)).toHaveLength(3);
  });

  it.each(["picture", "account"])("touches nothing before the tombstone of the %s is in storage", async (what) => {
    const { id } = await make("ada");
    await gallery.trashGeneration("ada", id);
    await vi.waitFor(async () => expect(await filesOf(id)).toHaveLength(4));
    const publish = storage.store?.publish ?? (() => Promise.resolve());
    const refused = vi.spyOn(storage.store as ObjectStore, "publish").mockImplementation(async (name, bytes) => {
      if (name.startsWith("t/")) throw new StorageFailure("EIO", { cause: null });
      await publish(name, bytes);
    });
    if (what === "picture") expect(await gallery.eraseGeneration("ada", id)).toEqual({ saved: false });
    else expect(await eraseAccount("ada")).toMatchObject({ pictures: 1, objectsRemoved: 0, objectsLeft: null });
    expect(await sweep()).toEqual({ removed: 0, left: 4 });
    const { archive, catalog, outbox } = await openedLibrary();
    await archive.snapshots.take(catalog, 1_790_000_000_000, notYetSaved(outbox));
    expect(gunzipSync(await readFile(path.join(config().dataDir, snapshotName(1_790_000_000_000)))).toString()).not.toContain("erased");
    refused.mockRestore();
    await vi.waitFor(async () => expect(await sweep()).toEqual({ removed: 4, left: 0 }), { timeout: 5000, interval: 20 });
    expect(await filesOf(id)).toEqual(what === "picture" ? [`${id}.json`] : []);
  });

  it("removes temporary files of killed processes, once they are a day old", async () => {
    await make("ada");
    const folder = path.join(config().dataDir, "tmp", "a-killed-process");
    await mkdir(folder, { recursive: true });
    const aDayAgo = new Date(Date.now() - 25 * 3_600_000);
    await writeFile(path.join(folder, "old"), "x");
    await writeFile(path.join(folder, "young"), "x");
    await utimes(path.join(folder, "old"), aDayAgo, aDayAgo);
    await sweep();
    expect(await readdir(folder)).toEqual(["young"]);
  });
});
