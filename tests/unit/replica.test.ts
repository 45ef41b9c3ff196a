/** Replicas of one archive: what each sees of the others and when, what is hidden, and what is never hidden. */
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Archive, openArchive } from "@/lib/gallery/archive";
import { type Catalog, openCatalog } from "@/lib/gallery/catalog";
import { imageName, manifestName, parseItemName } from "@/lib/gallery/layout";
import { followArchive } from "@/lib/gallery/replica";
import type { ObjectStore } from "@/lib/storage/object-store";
import { contents } from "@/tests/support/archive-with-history";
import { itemOf, manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { memoryStore } from "@/tests/support/memory-store";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const beginning = Date.UTC(2026, 10, 21);
const minute = 60_000;
let clock = beginning;
const now = () => clock;

beforeEach(() => {
  clock = beginning;
});

const followed: { stop(): void; catalog: Catalog }[] = [];
afterEach(() => {
  for (const { stop, catalog } of followed.splice(0)) {
    stop();
    catalog.close();
  }
});

async function replicaOf(store: ObjectStore, { inBucket = false } = {}) {
  const archive = await openArchive(store, null);
  const catalog = openCatalog(await temporaryFolder());
  const replica = followArchive(archive, catalog, { inBucket, now });
  followed.push({ stop: replica.stop, catalog });
  await replica.untilSettled();
  await replica.catchUp();
  return { archive, catalog, replica };
}

const keep = async ({ archive, catalog }: { archive: Archive; catalog: Catalog }, owner = "alice") => {
  const item = await archive.keep(manifestOf(owner), someImage, someThumbnail, new AbortController().signal);
  catalog.put([item]);
  return item;
};
const total = (catalog: Catalog) => catalog.usage("alice").count;

describe("two replicas", () => {
  it("see what the other keeps, marks and erases; the newest mark counts, and erasing wins", async () => {
    const store = memoryStore();
    const [a, b] = [await replicaOf(store), await replicaOf(store)];
    const [kept, marked, erased] = [await keep(a), await keep(a), await keep(a)];
    await b.replica.catchUp();
    expect(contents(b.catalog, ["alice"])).toEqual(contents(a.catalog, ["alice"]));
    const later = { ...marked, marks: { ...marked.marks, newest: Date.now() + 5000 } };
    b.catalog.put([await b.archive.mark(later, { title: "newest", favorite: true })]);
    a.catalog.put([await a.archive.mark(marked, { title: "older", trashedAt: "2026-11-21T10:00:00.000Z" })]);
    await b.archive.erase(erased.manifest);
    await a.archive.mark(erased, { title: "too late" });
    for (let round = 0; round < 2; round += 1) for (const { replica } of [a, b]) await replica.catchUp();
    expect(contents(a.catalog, ["alice"])).toEqual(contents(b.catalog, ["alice"]));
    expect(a.catalog.find("alice", marked.manifest.id)?.marks).toMatchObject({ title: "newest", favorite: true, count: 2 });
    expect(a.catalog.find("alice", marked.manifest.id)?.marks.trashedAt).not.toBeNull();
    expect(a.catalog.find("alice", erased.manifest.id)).toBeNull();
    expect(a.catalog.find("alice", kept.manifest.id)).toEqual(kept);
  });

  it("only list when nothing has changed, and a bucket with few pictures as one", async () => {
    const store = memoryStore();
    const [folder, bucket] = [await replicaOf(store), await replicaOf(store, { inBucket: true })];
    for (let n = 0; n < 20; n += 1) await keep(folder);
    await bucket.replica.catchUp();
    const calls = (["read", "list", "publish", "remove"] as const).map((name) => vi.spyOn(store, name));
    await bucket.replica.catchUp();
    expect(calls.map(({ mock }) => mock.calls.length)).toEqual([0, 2, 0, 0]);
    await folder.replica.catchUp();
    expect(calls.map(({ mock }) => mock.calls.length)).toEqual([0, 2 + 65, 0, 0]);
  });

  it("take one snapshot between them, after five hundred changes or a day", async () => {
    const store = memoryStore();
    const [a, b] = [await replicaOf(store), await replicaOf(store)];
    const both = async () => {
      for (const { replica } of [a, b, a, b]) await replica.catchUp();
      return a.archive.snapshots.taken();
    };
    for (let n = 0; n < 499; n += 1) await keep(a);
    expect(await both()).toEqual([]);
    await keep(a);
    expect(await both()).toEqual([beginning]);
    await keep(b);
    clock += 24 * 60 * minute;
    expect(await both()).toHaveLength(1);
    clock += 1;
    expect(await both()).toEqual([clock]);
    // The other cannot tell whether all that it knows stands in that one: it takes one more, and then all is still.
    clock += 48 * 60 * minute;
    const last = clock;
    expect(await both()).toEqual([last]);
    clock += 48 * 60 * minute;
    expect(await both()).toEqual([last]);
  });

  it("keep the words of what was erased in no snapshot for longer than a day", async () => {
    const store = memoryStore();
    const [a, b] = [await replicaOf(store), await replicaOf(store)];
    const { manifest } = await keep(a);
    await keep(a);
    await b.replica.catchUp();
    await b.archive.snapshots.take(b.catalog, clock);
    b.catalog.snapshotTaken(clock, 0);
    await a.archive.erase(manifest);
    a.catalog.erase([manifest.id]);
    clock += 24 * 60 * minute + 1;
    for (const { replica } of [a, b, a, b]) await replica.catchUp();
    const words = [...store.objects].flatMap(([name, bytes]) => (name.startsWith("s/") ? [gunzipSync(bytes).toString()] : []));
    expect(words).toHaveLength(1);
    expect(words[0]).not.toContain(`"prompt":${JSON.stringify(manifest.prompt)}`);
  });
});

describe("time", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ["a bucket", true, 5_000],
    ["a folder", false, 120_000],
  ])("lists on one replica what another kept in %s, soon enough", async (_, inBucket, withinMs) => {
    const store = memoryStore();
    const a = await replicaOf(store, { inBucket });
    await keep({ archive: await openArchive(store, null), catalog: openCatalog(await temporaryFolder()) });
    expect(total(a.catalog)).toBe(0);
    await vi.advanceTimersByTimeAsync(withinMs);
    expect(total(a.catalog)).toBe(1);
  });
});

describe("what does not verify", () => {
  it("is hidden, counted, looked at again after a minute, ten minutes and an hour, and shown when it is whole", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const store = memoryStore();
    const a = await replicaOf(store);
    const { manifest } = await keep(a);
    await keep(a);
    const name = imageName(manifest.id, "image/png");
    const whole = store.objects.get(name) ?? new Uint8Array();
    store.objects.set(name, Buffer.from("half an im"));
    a.replica.doubt(manifest.id);
    expect(total(a.catalog)).toBe(1);
    expect(a.replica.leftOut()).toEqual({ damaged: 1, unreadable: 0 });
    const read = vi.spyOn(store, "read");
    const looksAfter = async (ms: number) => {
      read.mockClear();
      clock += ms;
      await a.replica.catchUp();
      return read.mock.calls.length > 0;
    };
    for (const wait of [minute, 10 * minute, 60 * minute, 60 * minute]) {
      expect(await looksAfter(wait - 1)).toBe(false);
      expect(await looksAfter(1)).toBe(true);
      expect(total(a.catalog)).toBe(1);
    }
    store.objects.set(name, whole);
    expect(await looksAfter(60 * minute)).toBe(true);
    expect(total(a.catalog)).toBe(2);
    expect(a.replica.leftOut()).toEqual({ damaged: 0, unreadable: 0 });
  });

  it("is treated alike when it is a manifest, and never touched", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const store = memoryStore();
    const a = await replicaOf(store);
    const { manifest } = await keep(a);
    const name = manifestName(manifest.id);
    const whole = store.objects.get(name) ?? new Uint8Array();
    store.objects.set(name, whole.subarray(0, 100));
    const b = await replicaOf(store);
    expect(total(b.catalog)).toBe(0);
    expect(b.replica.leftOut().damaged).toBe(1);
    expect(store.objects.get(name)).toHaveLength(100);
    store.objects.set(name, whole);
    await b.replica.catchUp();
    expect(total(b.catalog)).toBe(0);
    clock += minute;
    await b.replica.catchUp();
    expect(total(b.catalog)).toBe(1);
  });

  it("hides ten pictures for their images, and no more", async () => {
    const a = await replicaOf(memoryStore());
    const items = [];
    for (let n = 0; n < 15; n += 1) items.push(await keep(a));
    for (const { manifest } of items) a.replica.doubt(manifest.id);
    expect(a.catalog.count()).toEqual({ items: 5, quarantined: 10 });
  });
});

describe("what cannot be read at present", () => {
  async function withOneUnreadable(store = memoryStore()) {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const archive = await openArchive(store, null);
    const catalog = openCatalog(await temporaryFolder());
    const items = [];
    for (let n = 0; n < 3; n += 1) {
      items.push(await archive.keep(manifestOf("alice"), someImage, someThumbnail, new AbortController().signal));
    }
    const id = items[0]?.manifest.id ?? "";
    store.unreadable.add(manifestName(id));
    const replica = followArchive(archive, catalog, { inBucket: false, now });
    followed.push({ stop: replica.stop, catalog });
    await replica.catchUp();
    return { store, archive, replica, catalog, id };
  }

  it("is waited for: the rest is shown, and not taken for all", async () => {
    const { store, replica, catalog, id } = await withOneUnreadable();
    expect(total(catalog)).toBe(2);
    expect(replica.leftOut()).toEqual({ damaged: 0, unreadable: 1 });
    expect([replica.isComplete(), replica.isSettled(), replica.isUnreadable(id)]).toEqual([false, false, true]);
    let isSettled = false;
    const settled = replica.untilSettled().then(() => {
      isSettled = true;
    });
    await replica.catchUp();
    expect(isSettled).toBe(false);
    store.unreadable.clear();
    await replica.catchUp();
    await settled;
    expect([replica.isComplete(), replica.isUnreadable(id), total(catalog)]).toEqual([true, false, 3]);
  });

  it("does not hold up everything for ever when it is little: after ten minutes the rest is worth having", async () => {
    const { store, replica } = await withOneUnreadable();
    clock += 10 * minute - 1;
    await replica.catchUp();
    expect(replica.isSettled()).toBe(false);
    clock += 1;
    await replica.catchUp();
    await replica.untilSettled();
    expect([replica.isComplete(), replica.isSettled()]).toEqual([false, true]);
    store.unreadable.clear();
    await replica.catchUp();
    expect(replica.isComplete()).toBe(true);
  });

  it("is waited for ten minutes each, however long something else has been unreadable", async () => {
    const { store, archive, catalog, replica } = await withOneUnreadable();
    const isSettledAfter = async (ms: number) => {
      clock += ms;
      await replica.catchUp();
      return replica.isSettled();
    };
    expect(await isSettledAfter(10 * minute)).toBe(true);
    await keep({ archive, catalog });
    const another = manifestName((await keep({ archive, catalog: openCatalog(await temporaryFolder()) })).manifest.id);
    store.unreadable.add(another);
    expect([await isSettledAfter(0), replica.leftOut()]).toEqual([false, { damaged: 0, unreadable: 2 }]);
    expect([await isSettledAfter(10 * minute - 1), await isSettledAfter(1)]).toEqual([false, true]);
    // What fails anew begins anew.
    store.unreadable.delete(another);
    const { manifest } = await keep({ archive, catalog: openCatalog(await temporaryFolder()) });
    store.unreadable.add(manifestName(manifest.id));
    expect([await isSettledAfter(0), replica.isUnreadable(manifest.id)]).toEqual([false, true]);
  });

  it("holds up everything when it is most of what there is", async () => {
    const { store } = await withOneUnreadable();
    for (const name of store.objects.keys()) if (parseItemName(name)?.kind === "manifest") store.unreadable.add(name);
    const empty = openCatalog(await temporaryFolder());
    const late = followArchive(await openArchive(store, null), empty, { inBucket: false, now });
    followed.push({ stop: late.stop, catalog: empty });
    await late.catchUp();
    clock += 60 * minute;
    await late.catchUp();
    expect([late.isComplete(), late.isSettled(), total(empty)]).toEqual([false, false, 0]);
  });
});

describe("what is missing", () => {
  async function largeArchive() {
    const store = memoryStore();
    const archive = await openArchive(store, null);
    const items = Array.from({ length: 2000 }, () => itemOf(manifestOf("alice")));
    for (const { manifest } of items) {
      store.objects.set(manifestName(manifest.id), Buffer.from("known"));
      store.objects.set(imageName(manifest.id, "image/png"), someImage);
    }
    const catalog = openCatalog(await temporaryFolder());
    catalog.put(items);
    catalog.snapshotTaken(beginning, 0);
    const replica = followArchive(archive, catalog, { inBucket: false, now });
    followed.push({ stop: replica.stop, catalog });
    await replica.catchUp();
    return { store, replica, catalog, names: items.map(({ manifest }) => manifestName(manifest.id)) };
  }

  it("pulls the brake when it is more than ten: nothing is hidden, and an alarm is raised until they are back", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { store, replica, catalog, names } = await largeArchive();
    const gone = names.slice(0, 11).map((name) => [name, store.objects.get(name) ?? new Uint8Array()] as const);
    for (const [name] of gone) store.objects.delete(name);
    for (let scan = 0; scan < 3; scan += 1) await replica.catchUp();
    expect(total(catalog)).toBe(2000);
    expect(replica.alarm()).toMatch(/^11 of 2000 pictures/);
    expect(error).toHaveBeenCalledOnce();
    for (const [name, bytes] of gone) store.objects.set(name, bytes);
    await replica.catchUp();
    expect(replica.alarm()).toBeNull();
    expect(total(catalog)).toBe(2000);
  });

  it("pulls the brake when it is more than one in a hundred, or everything", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const store = memoryStore();
    const a = await replicaOf(store);
    for (let n = 0; n < 50; n += 1) await keep(a);
    store.objects.delete([...store.objects.keys()].find((name) => parseItemName(name)?.kind === "manifest") ?? "");
    for (let scan = 0; scan < 3; scan += 1) await a.replica.catchUp();
    expect(total(a.catalog)).toBe(50);
    expect(a.replica.alarm()).toMatch(/^1 of 50/);
    for (const name of [...store.objects.keys()]) if (name.startsWith("o/")) store.objects.delete(name);
    for (let scan = 0; scan < 3; scan += 1) await a.replica.catchUp();
    expect(total(a.catalog)).toBe(50);
  });

  it("is hidden when two scans in a row lack little of it, and listed again when it is back", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { store, replica, catalog, names } = await largeArchive();
    const [name = ""] = names;
    store.objects.delete(name);
    await replica.catchUp();
    expect(total(catalog)).toBe(2000);
    await replica.catchUp();
    expect(total(catalog)).toBe(1999);
    expect(catalog.count().quarantined).toBe(1);
  });

  it("is not what a listing leaves out while its name still answers", async () => {
    const store = memoryStore();
    const a = await replicaOf(store);
    for (let n = 0; n < 20; n += 1) await keep(a);
    const list = store.list.bind(store);
    store.list = async function* (prefix) {
      for await (const name of list(prefix)) if (!name.startsWith("o/")) yield name;
    };
    for (let scan = 0; scan < 3; scan += 1) await a.replica.catchUp();
    expect(total(a.catalog)).toBe(20);
    expect(a.replica.alarm()).toBeNull();
  });
});
