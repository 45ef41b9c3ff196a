import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Archive, archiveIn, openArchive } from "@/lib/gallery/archive";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { openCatalog } from "@/lib/gallery/catalog";
import { catchUp } from "@/lib/gallery/catch-up";
import { blank } from "@/lib/gallery/document";
import { newId } from "@/lib/gallery/id";
import {
  accountTombstoneName,
  imageName,
  manifestName,
  markName,
  shardOf,
  shards,
  thingOf,
  thumbnailName,
  tombstoneName,
} from "@/lib/gallery/layout";
import type { Listing } from "@/lib/gallery/listed";
import { writeManifest } from "@/lib/gallery/manifest";
import { newStamp, unmarked, writeMark } from "@/lib/gallery/mark";
import { ForeignPlace } from "@/lib/gallery/marker";
import { openOutbox } from "@/lib/gallery/outbox";
import { bytesFolderIn, openOutboxDatabase } from "@/lib/gallery/outbox/database";
import { throughOutbox } from "@/lib/gallery/outbox/through-outbox";
import { seal } from "@/lib/gallery/sealed-json";
import { faultyStore } from "@/tests/support/faulty-store";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { memoryStore } from "@/tests/support/memory-store";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const patient = new AbortController().signal;

async function openHere() {
  const store = memoryStore();
  return { store, archive: await openArchive(store, null) };
}

async function scanned(archive: Archive) {
  const found = { items: [] as ArchivedItem[], erased: [] as string[], damaged: [] as string[], unreadable: [] as string[] };
  for await (const finding of archive.scan()) {
    if (finding.kind === "item") found.items.push(finding.item);
    else if (finding.kind !== "erased account" && finding.kind !== "listed" && finding.kind !== "document")
      found[finding.kind].push(finding.id);
  }
  return found;
}

const keep = (archive: Archive, manifest = manifestOf("alice")) => archive.keep(manifest, someImage, someThumbnail, patient);

describe("layout", () => {
  it("spreads ids over 64 folders by the first six bits of their SHA-256", () => {
    expect(shards).toHaveLength(64);
    expect([shards[0], shards[63]]).toEqual(["o/00/", "o/3f/"]);
    // printf 01890a5d-ac96-774b-bcce-b302099a8057 | sha256sum
    expect(shardOf("01890a5d-ac96-774b-bcce-b302099a8057")).toBe("o/21/");
    const used = new Set(Array.from({ length: 2000 }, () => shardOf(newId())));
    expect(used.size).toBe(64);
    for (const shard of used) expect(shards).toContain(shard);
  });
});

describe("the marker", () => {
  it("makes an empty place an archive, once", async () => {
    const { store, archive } = await openHere();
    expect(JSON.parse(Buffer.from(store.objects.get("keepsake.json") ?? []).toString())).toEqual({ version: 1, store: archive.id });
    expect((await openArchive(store, null)).id).toBe(archive.id);
    expect((await openArchive(store, archive.id)).id).toBe(archive.id);
  });

  it("agrees on one archive when two processes begin at once", async () => {
    const store = memoryStore();
    const [one, two] = await Promise.all([openArchive(store, null), openArchive(store, null)]);
    expect(one.id).toBe(two.id);
  });

  it.each([
    ["a place with other things", { "theirs.txt": "hello" }, null],
    ["a damaged marker", { "keepsake.json": "{" }, null],
    ["a marker of a later version", { "keepsake.json": JSON.stringify({ version: 2, store: crypto.randomUUID() }) }, null],
    ["another archive than before", { "keepsake.json": JSON.stringify({ version: 1, store: crypto.randomUUID() }) }, crypto.randomUUID()],
    ["an empty place where an archive was before", {}, crypto.randomUUID()],
  ])("does not touch %s", async (_, contents, remembered) => {
    const store = memoryStore(new Map(Object.entries(contents).map(([name, words]) => [name, Buffer.from(words)])));
    const before = [...store.objects];
    await expect(openArchive(store, remembered)).rejects.toBeInstanceOf(ForeignPlace);
    expect([...store.objects]).toEqual(before);
  });
});

describe("the archive", () => {
  it("publishes the image first and the manifest last", async () => {
    const { store, archive } = await openHere();
    const { manifest } = await keep(archive);
    const { id } = manifest;
    expect([...store.objects.keys()].slice(1)).toEqual([imageName(id, "image/png"), thumbnailName(id), manifestName(id)]);
    expect(Buffer.from((await archive.readImage(id, "image/png")) ?? []).equals(someImage)).toBe(true);
    expect(Buffer.from((await archive.readThumbnail(id)) ?? []).equals(someThumbnail)).toBe(true);
  });

  it("finds by id and by scan exactly what was kept", async () => {
    const { archive } = await openHere();
    const kept = await Promise.all(Array.from({ length: 30 }, (_, n) => keep(archive, manifestOf(`owner-${n % 3}`))));
    const byId = (a: ArchivedItem, b: ArchivedItem) => (a.manifest.id < b.manifest.id ? -1 : 1);
    expect((await scanned(archive)).items.sort(byId)).toEqual(kept.sort(byId));
    for (const item of kept) expect(await archive.find(item.manifest.id)).toEqual(item);
    expect(await archive.find(newId())).toBeNull();
  });

  it("returns what it kept letter for letter as everybody else will read it", async () => {
    const { archive } = await openHere();
    const kept = await keep(archive, manifestOf("alice", { parameters: { style: "dunes", hue: 0.5, b: 1, a: null } }));
    const read = await archive.find(kept.manifest.id);
    expect(JSON.stringify(kept)).toBe(JSON.stringify(read));
  });

  it("keeps nothing when aborted", async () => {
    const { store, archive } = await openHere();
    const aborted = AbortSignal.abort(new Error("stopped"));
    await expect(archive.keep(manifestOf("alice"), someImage, someThumbnail, aborted)).rejects.toThrow("stopped");
    expect([...store.objects.keys()]).toEqual(["keepsake.json"]);
  });

  it.each([1, 2, 3])("shows nothing of an item when storage is full at object %i", async (call) => {
    const store = faultyStore(memoryStore());
    const archive = await openArchive(store, null);
    store.arm({ call, what: "is full" });
    await expect(keep(archive)).rejects.toMatchObject({ name: "StorageFailure", full: true });
    expect(await scanned(archive)).toMatchObject({ items: [] });
  });

  it("folds marks field by field, the newest of each", async () => {
    const { archive } = await openHere();
    let item = await keep(archive);
    item = await archive.mark(item, { favorite: true });
    item = await archive.mark(item, { title: "First" });
    item = await archive.mark(item, { title: "Second", trashedAt: "2026-11-21T10:00:00.000Z" });
    item = await archive.mark(item, { trashedAt: null });
    expect(item.marks).toMatchObject({ favorite: true, title: "Second", trashedAt: null, count: 4 });
    expect(await archive.find(item.manifest.id)).toEqual(item);
    expect((await scanned(archive)).items).toEqual([item]);
  });

  it("lets a later change win even when the clock goes backwards", async () => {
    const { archive } = await openHere();
    const item = await keep(archive);
    const ahead = { ...item, marks: { ...item.marks, newest: Date.now() + 60_000 } };
    const first = await archive.mark(ahead, { title: "First" });
    const second = await archive.mark(first, { title: "Second" });
    expect(second.marks.newest).toBeGreaterThan(first.marks.newest);
    expect((await archive.find(item.manifest.id))?.marks.title).toBe("Second");
  });

  it.each([
    ["before", -60_000],
    ["after", 60_000],
  ])("keeps a mark and one of another replica that came in between, made %s it by the clocks", async (_, skewMs) => {
    const { store, archive } = await openHere();
    const elsewhere = await openArchive(store, archive.id);
    const item = await keep(archive);
    const catalog = openCatalog(await temporaryFolder());
    catalog.put([item]);
    const latest = () => catalog.find("alice", item.manifest.id);
    const publish = store.publish.bind(store);
    // While the mark is on its way, the catalog catches up with the other one.
    store.publish = async (name, bytes) => {
      store.publish = publish;
      const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + skewMs);
      const theirs = await elsewhere.mark(item, { title: "theirs" });
      clock.mockRestore();
      catalog.put([theirs]);
      await publish(name, bytes);
    };
    catalog.put([await archive.mark(item, { favorite: true }, latest)]);
    const both = { title: "theirs", favorite: true, count: 2 };
    expect(latest()?.marks).toMatchObject(both);
    await catchUp(archive, catalog);
    expect(latest()?.marks).toMatchObject(both);
    expect((await scanned(archive)).items[0]?.marks).toEqual(latest()?.marks);
    catalog.close();
  });

  it("erases for good: tombstone first, and whatever remains stays hidden", async () => {
    const { store, archive } = await openHere();
    const item = await archive.mark(await keep(archive), { favorite: true });
    const { id } = item.manifest;
    const whole = new Map(store.objects);
    await archive.erase(item.manifest);
    await archive.clear(item.manifest);
    expect([...store.objects.keys()]).toEqual(["keepsake.json", tombstoneName(id)]);
    // As after a mount that lost its queued deletions: everything is back, and so is the tombstone.
    for (const [name, bytes] of whole) store.objects.set(name, bytes);
    expect(await archive.find(id)).toBeNull();
    expect(await scanned(archive)).toMatchObject({ items: [], erased: [id] });
    await archive.erase(item.manifest);
    await archive.clear(item.manifest);
    expect([...store.objects.keys()].filter((name) => name.startsWith("o/"))).toEqual([]);
  });

  it.each(["directly", "through an outbox"])("erases an account with what its tombstone does not reach, %s", async (how) => {
    const store = memoryStore();
    const { id } = await openArchive(store, null);
    const folder = await temporaryFolder();
    const outbox = openOutbox(openOutboxDatabase(folder), { folder: bytesFolderIn(folder), archive: id, thingOf });
    const archive = archiveIn(how === "directly" ? store : throughOutbox(store, outbox, () => {}), id);
    const [first, second] = [newId(), newId()];
    // One of them was erased by itself a moment before.
    vi.useFakeTimers({ toFake: ["Date"], now: 1_790_000_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    await archive.erase({ id: first });
    vi.setSystemTime(1_790_000_000_001);
    const erased = { account: "ada", before: 1_790_000_000_000 };
    await archive.eraseAccount(erased, [first, second]);
    const names = [tombstoneName(first), accountTombstoneName(erased), tombstoneName(second)].toSorted();
    expect([...store.objects.keys(), ...outbox.names("t/")].filter((name) => name.startsWith("t/")).toSorted()).toEqual(names);
  });

  describe.each(["item", "document"])("what cannot be undone with one %s", (what) => {
    const begin = async () => {
      const { store, archive } = await openHere();
      const item = await keep(archive);
      const collection = await archive.edit(blank("collection", "alice", newId()), { title: "begun" });
      const [id, change] = what === "item" ? [item.manifest.id, "mark"] : [collection.id, "edit"];
      const [marked, edited] = [await archive.mark(item, { title: "new" }), await archive.edit(collection, { title: "new" })];
      const read = async (listing: Listing) =>
        what === "item" ? archive.marksOf(marked, listing) : (await archive.documentOf(edited, listing)).fields;
      const changeAgain = () => (what === "item" ? archive.mark(marked, { title: "newer" }) : archive.edit(edited, { title: "newer" }));
      const removeNewest = () => {
        const changes = [...store.objects.keys()].filter((name) => name.endsWith(`.${change}.json`));
        store.objects.delete(changes.toSorted().at(-1) ?? expect.fail());
      };
      return { archive, id, read, changeAgain, removeNewest };
    };

    it("is decided on what storage shows, when that is all that is known", async () => {
      const { archive, id, read } = await begin();
      expect(await read(await archive.list([id]))).toMatchObject({ title: "new" });
    });

    it.each<[string, (begun: Awaited<ReturnType<typeof begin>>) => Promise<Listing>]>([
      ["nothing is listed", async () => new Map()],
      [
        "what is known is not listed",
        async ({ archive, id, removeNewest }) => {
          removeNewest();
          return archive.list([id]);
        },
      ],
      [
        "what another replica has changed is listed and not there",
        async ({ archive, id, changeAgain, removeNewest }) => {
          await changeAgain();
          const listing = await archive.list([id]);
          removeNewest();
          return listing;
        },
      ],
    ])("is not decided when %s", async (_, list) => {
      const begun = await begin();
      await expect(begun.read(await list(begun))).rejects.toMatchObject({ name: "StorageFailure" });
    });
  });

  it("leaves out and reports a manifest that does not verify, and never touches it", async () => {
    const { store, archive } = await openHere();
    const good = await keep(archive);
    const whole = Buffer.from(writeManifest(manifestOf("alice")));
    const damages = [
      Buffer.alloc(0),
      whole.subarray(0, whole.length - 20),
      Buffer.from(whole.toString().replace("alice", "mallory")),
      Buffer.from(JSON.stringify(manifestOf("alice"))),
      Buffer.from(seal({ version: 2 })),
      // Whole, but of another id than its name.
      whole,
      Buffer.alloc(70_000, 0x20),
    ];
    const ids = damages.map(() => newId());
    for (const [n, id] of ids.entries()) store.objects.set(manifestName(id), damages[n] ?? whole);
    const before = new Map(store.objects);
    const found = await scanned(archive);
    expect(found.items).toEqual([good]);
    expect(found.damaged.sort()).toEqual(ids.sort());
    for (const id of ids) expect(await archive.find(id)).toBeNull();
    expect(store.objects).toEqual(before);
  });

  it("leaves out a mark that does not verify or is another item's", async () => {
    const { store, archive } = await openHere();
    const item = await keep(archive);
    const stamp = newStamp(unmarked);
    store.objects.set(markName(item.manifest.id, stamp), writeMark(newId(), { stamp, favorite: true }));
    store.objects.set(markName(item.manifest.id, newStamp(unmarked)), Buffer.from("{}"));
    expect((await scanned(archive)).items).toMatchObject([{ marks: { favorite: false, count: 2 } }]);
  });

  it("reports what cannot be read at present, and goes on", async () => {
    const { store, archive } = await openHere();
    const [good, bad] = [await keep(archive), await keep(archive)];
    store.unreadable.add(manifestName(bad.manifest.id));
    expect(await scanned(archive)).toMatchObject({ items: [good], unreadable: [bad.manifest.id], damaged: [] });
    await expect(archive.find(bad.manifest.id)).rejects.toMatchObject({ name: "StorageFailure" });
  });

  it("does not take a failed listing for an empty one", async () => {
    // A store for each call: what an abandoned scan still asks for must not count against the next one.
    for (const call of [1, 2, 30, 65]) {
      const store = faultyStore(memoryStore());
      const archive = await openArchive(store, null);
      await keep(archive);
      store.arm({ call, what: "fails" });
      await expect(scanned(archive), `call ${call}`).rejects.toMatchObject({ name: "StorageFailure" });
    }
  });

  it("reads at most eight manifests at a time", async () => {
    const memory = memoryStore();
    const archive = await openArchive(memory, null);
    for (let n = 0; n < 50; n += 1) await keep(archive);
    let [now, most] = [0, 0];
    const read = memory.read.bind(memory);
    memory.read = async (name) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      const bytes = await read(name);
      now -= 1;
      return bytes;
    };
    expect((await scanned(archive)).items).toHaveLength(50);
    expect(most).toBe(8);
  });
});
