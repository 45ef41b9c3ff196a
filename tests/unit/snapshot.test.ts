/** Snapshots of the catalog: what they hold, when they are believed, and what a rebuild makes of them. */
import { rm } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { type Archive, openArchive } from "@/lib/gallery/archive";
import { manifestName, snapshotName } from "@/lib/gallery/layout";
import { addHistory, archiveWithHistory, contents, openAndCatchUp } from "@/tests/support/archive-with-history";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const people = ["alice", "bob", "carol"];
const keep = (archive: Archive, owner: string) => archive.keep(manifestOf(owner), someImage, someThumbnail, new AbortController().signal);

async function begin() {
  const { store, archive } = await archiveWithHistory();
  await archive.eraseAccount({ account: "carol", before: 1_763_000_000_000 });
  const folder = await temporaryFolder();
  const live = await openAndCatchUp(folder, archive);
  const rebuild = async () => {
    const read = vi.spyOn(store, "read");
    const catalog = await openAndCatchUp(await temporaryFolder(), archive);
    const names = read.mock.calls.map(([name]) => name).filter((name) => name.startsWith("o/"));
    read.mockRestore();
    return { catalog, names };
  };
  return { store, archive, live, rebuild };
}

describe("a rebuild", () => {
  it("equals the live catalog, with and without a snapshot, and reads no manifest that a snapshot holds", async () => {
    const { archive, store, live, rebuild } = await begin();
    const without = await rebuild();
    await archive.snapshots.take(live, 1_763_700_000_000);
    const withSnapshot = await rebuild();
    for (const { catalog } of [without, withSnapshot]) expect(contents(catalog, people)).toEqual(contents(live, people));
    expect(without.names.length).toBeGreaterThan(20);
    expect(withSnapshot.names).toEqual([]);
    expect(withSnapshot.catalog.isErased([...store.objects.keys()].find((name) => /^t\/0/.test(name))?.slice(2, -5) ?? "")).toBe(true);
    expect(withSnapshot.catalog.isErasedWithAccount(manifestOf("carol", { createdAt: "2025-11-01T00:00:00.000Z" }))).toBe(true);
    expect(withSnapshot.catalog.progress()).toEqual({ changes: 0, snapshotAt: 1_763_700_000_000 });
  });

  it("reads what came after the snapshot, and shows nothing that was erased since", async () => {
    const { archive, live, rebuild } = await begin();
    const gone = await keep(archive, "alice");
    const marked = await keep(archive, "alice");
    live.put([gone, marked]);
    await archive.snapshots.take(live, 1_763_700_000_000);
    await archive.erase(gone.manifest);
    live.erase([gone.manifest.id]);
    live.put([await archive.mark(marked, { title: "later" })]);
    const fresh = await keep(archive, "bob");
    live.put([fresh]);
    const { catalog, names } = await rebuild();
    expect(contents(catalog, people)).toEqual(contents(live, people));
    expect(names.filter((name) => !name.includes(".mark."))).toEqual(
      expect.arrayContaining([manifestName(fresh.manifest.id), manifestName(marked.manifest.id)]),
    );
    expect(names).toHaveLength(3);
  });

  it.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
    ["empty", () => Buffer.alloc(0)],
    ["no snapshot at all", () => Buffer.from("hello")],
    ["altered", (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace("alice", "mallory"))],
    [
      "without a line",
      (bytes: Buffer) =>
        gzipSync(
          gunzipSync(bytes)
            .toString()
            .replace(/\n.*\n/, "\n"),
        ),
    ],
    ["without its end", (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace(/.*\n$/, ""))],
    ["of another version", (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('{"version":1}', '{"version":2}'))],
    ["a bomb", () => gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20))],
  ])("takes the next older snapshot when the newest is %s", async (_, damage) => {
    const { store, archive, live, rebuild } = await begin();
    await archive.snapshots.take(live, 1_763_700_000_000);
    await archive.snapshots.take(live, 1_763_700_000_001);
    const name = snapshotName(1_763_700_000_001);
    store.objects.set(name, damage(Buffer.from(store.objects.get(name) ?? [])));
    const { catalog, names } = await rebuild();
    expect(contents(catalog, people)).toEqual(contents(live, people));
    expect(names).toEqual([]);
    expect(catalog.progress().snapshotAt).toBe(1_763_700_000_000);
  });

  it("goes on where it was when it was interrupted", async () => {
    const { store, archive, live } = await begin();
    const folder = await temporaryFolder();
    for (const name of [...store.objects.keys()].filter((key) => key.startsWith("o/3"))) store.unreadable.add(name);
    vi.spyOn(console, "warn").mockImplementation(() => {});
    (await openAndCatchUp(folder, archive)).close();
    store.unreadable.clear();
    expect(contents(await openAndCatchUp(folder, archive), people)).toEqual(contents(live, people));
    await rm(folder, { recursive: true });
  });
});

it("leaves out what waits to be saved", async () => {
  const { archive, live, rebuild, store } = await begin();
  const waiting = await keep(archive, "alice");
  live.put([waiting]);
  await archive.snapshots.take(live, 1_763_700_000_000, (id) => id === waiting.manifest.id);
  for (const name of [...store.objects.keys()]) if (name.includes(waiting.manifest.id)) store.objects.delete(name);
  live.erase([waiting.manifest.id]);
  expect(contents((await rebuild()).catalog, people)).toEqual(contents(live, people));
});

describe("old snapshots", () => {
  it("are removed once a newer one verifies, and not before", async () => {
    const { store, archive, live } = await begin();
    for (const n of [1, 2, 3]) await archive.snapshots.take(live, 1_763_700_000_000 + n);
    store.objects.set(snapshotName(1_763_700_000_003), Buffer.from("damaged"));
    await archive.snapshots.removeOld();
    expect(await archive.snapshots.taken()).toEqual([3, 2].map((n) => 1_763_700_000_000 + n));
    await archive.snapshots.take(live, 1_763_700_000_004);
    await archive.snapshots.removeOld();
    expect(await archive.snapshots.taken()).toEqual([1_763_700_000_004]);
  });
});

it("is one catalog on another replica, too", async () => {
  const { store, archive, live } = await begin();
  await archive.snapshots.take(live, 1_763_700_000_000);
  const other = await openArchive(store, null);
  await addHistory(other);
  const [one, two] = [await openAndCatchUp(await temporaryFolder(), archive), await openAndCatchUp(await temporaryFolder(), other)];
  expect(contents(one, people)).toEqual(contents(two, people));
});
