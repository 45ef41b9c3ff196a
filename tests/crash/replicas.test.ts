/**
 * Random schedules of two replicas on one mounted bucket: they keep, mark, erase, catch up, sweep, take snapshots, die at any call, lose
 * their catalogs and their mounts, and their clocks differ. Whatever happened, afterwards nothing that was acknowledged is lost, nothing
 * that was erased is back, and all agree.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, it, vi } from "vitest";
import { type Archive, openArchive } from "@/lib/gallery/archive";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { type Catalog, openCatalog } from "@/lib/gallery/catalog";
import { catchUp } from "@/lib/gallery/catch-up";
import { imageName, manifestName, parseItemName, parseObjectName, tombstoneName } from "@/lib/gallery/layout";
import { readMark } from "@/lib/gallery/mark";
import { whatWasErased } from "@/lib/gallery/sweep";
import { contents } from "@/tests/support/archive-with-history";
import { type Fault, type FaultyStore, faultKinds, faultyStore } from "@/tests/support/faulty-store";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { type Bucket, type Mount, type MountMode, mountModes, simulatedBucket } from "@/tests/support/simulated-bucket";
import { quickestPlace } from "@/tests/support/temporary-folder";

vi.setConfig({ testTimeout: 600_000 });

const people = ["alice", "bob"];
const schedules = 2000;

const folders = mkdtempSync(path.join(await quickestPlace(), "keepsake-crash-"));
const [begun, inUse] = [path.join(folders, "begun"), path.join(folders, "in-use")];
afterAll(() => rmSync(folders, { recursive: true, force: true }));
// A new catalog is a copy of one that was begun once.
openCatalog(begun).close();
let folderCount = 0;
function newFolder(): string {
  const folder = path.join(inUse, String(folderCount++));
  mkdirSync(folder, { recursive: true });
  copyFileSync(path.join(begun, "catalog.sqlite"), path.join(folder, "catalog.sqlite"));
  return folder;
}

type Replica = { mount: Mount; store: FaultyStore; archive: Archive; catalog: Catalog; folder: string; skewMs: number };
type Truth = { acknowledged: Set<string>; erased: Map<string, Replica>; maybeErased: Set<string>; marks: Map<string, Set<string>> };
type World = { bucket: Bucket; replicas: [Replica, Replica]; truth: Truth; known: ArchivedItem[] };

const step = fc.record({
  on: fc.constantFrom(0 as const, 1 as const),
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("keep" as const) },
    { weight: 4, arbitrary: fc.constantFrom("mark" as const, "trash" as const) },
    { weight: 2, arbitrary: fc.constantFrom("erase" as const, "catch up" as const) },
    { weight: 1, arbitrary: fc.constantFrom("sweep" as const, "snapshot" as const, "restart" as const, "lose the catalog" as const) },
    { weight: 1, arbitrary: fc.constantFrom("poll" as const, "flush" as const, "crash" as const, "forgetMisses" as const) },
    { weight: 1, arbitrary: fc.constantFrom("beginPoll" as const, "endPoll" as const, "settle" as const) },
  ),
  which: fc.nat(30),
  fault: fc.option(fc.record({ call: fc.integer({ min: 1, max: 8 }), what: fc.constantFrom(...faultKinds) }), { freq: 2 }),
});
type Step = { on: 0 | 1; what: string; which: number; fault: Fault | null };

async function open(mount: Mount, folder: string, remembered: string | null, skewMs: number): Promise<Replica> {
  const store = faultyStore(mount.store);
  const archive = await openArchive(store, remembered);
  return { mount, store, archive, catalog: openCatalog(folder), folder, skewMs };
}

async function begin(mode: MountMode, skewMs: number): Promise<World> {
  const bucket = simulatedBucket();
  const first = await open(bucket.mount(mode), newFolder(), null, 0);
  const second = await open(bucket.mount(mode), newFolder(), first.archive.id, skewMs);
  const truth = { acknowledged: new Set<string>(), erased: new Map<string, Replica>(), maybeErased: new Set<string>(), marks: new Map() };
  return { bucket, replicas: [first, second], truth, known: [] };
}

async function take(world: World, { on, what, which, fault }: Step): Promise<void> {
  const replica = world.replicas[on];
  const { mount, store, archive, catalog } = replica;
  const item = world.known[which % Math.max(1, world.known.length)];
  const here = item && (catalog.find(item.manifest.owner, item.manifest.id) ?? null);
  store.arm(fault);
  try {
    if (what === "keep") await keep(world, replica, people[which % 2] ?? "alice");
    else if (what === "mark" && here)
      await mark(world, replica, here, which % 2 ? { favorite: which % 3 > 0 } : { title: `title ${which}` });
    else if (what === "trash" && here)
      await mark(world, replica, here, { trashedAt: which % 2 ? new Date(1_763_000_000_000 + which).toISOString() : null });
    else if (what === "erase" && here) await erase(world, replica, here);
    else if (what === "catch up") await catchUp(archive, catalog, { inBucket: which % 4 > 0 });
    else if (what === "sweep") await archive.removeLeftovers(whatWasErased(catalog, () => false));
    else if (what === "snapshot") await archive.snapshots.take(catalog, Date.now()).then(() => archive.snapshots.removeOld());
    else if (what === "settle") await store.settle();
    else if (what === "lose the catalog") {
      catalog.close();
      replica.folder = newFolder();
      replica.catalog = openCatalog(replica.folder);
    } else if (isMountStep(what)) mount[what]();
  } catch (error) {
    if ((error as Error).name !== "StorageFailure") throw error;
  }
  if (what === "restart" || fault?.what.startsWith("dies")) restart(replica);
  store.arm(null);
  for (const [id, eraser] of world.truth.erased) for (const owner of people) expect(eraser.catalog.find(owner, id)).toBeNull();
}

const isMountStep = (what: string): what is "poll" | "flush" | "crash" | "forgetMisses" | "beginPoll" | "endPoll" =>
  ["poll", "flush", "crash", "forgetMisses", "beginPoll", "endPoll"].includes(what);

function restart(replica: Replica): void {
  replica.catalog.close();
  replica.catalog = openCatalog(replica.folder);
}

async function keep({ truth, known }: World, { archive, catalog }: Replica, owner: string) {
  const manifest = manifestOf(owner);
  known.push({ manifest, marks: { favorite: false, title: null, trashedAt: null, collections: {}, count: 0, newest: 0 } });
  const item = await archive.keep(manifest, someImage, someThumbnail, new AbortController().signal);
  truth.acknowledged.add(manifest.id);
  catalog.put([item]);
}

async function mark({ bucket, truth }: World, replica: Replica, here: ArchivedItem, fields: Parameters<Archive["mark"]>[1]) {
  const { archive, catalog, skewMs } = replica;
  const { id, owner } = here.manifest;
  const latest = () => catalog.find(owner, id);
  const before = new Set(bucket.objects.keys());
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + skewMs);
  try {
    catalog.put([await archive.mark(here, fields, latest)]);
  } finally {
    clock.mockRestore();
  }
  const made = [...bucket.objects.keys()].filter((name) => !before.has(name));
  expect(made, "acknowledged and not there").toHaveLength(1);
  truth.marks.set(id, new Set([...(truth.marks.get(id) ?? []), ...made]));
  expect(latest()?.marks, "acknowledged and not shown").toMatchObject(fields);
}

async function erase({ truth }: World, replica: Replica, here: ArchivedItem) {
  const { id } = here.manifest;
  const { archive, catalog } = replica;
  truth.maybeErased.add(id);
  await archive.erase(here.manifest);
  catalog.erase([id]);
  truth.erased.set(id, replica);
}

/** Everything works again, and time passes. */
async function heal({ replicas }: World) {
  for (const { store } of replicas) store.arm(null);
  for (const { store } of replicas) await store.settle();
  for (let round = 0; round < 2; round += 1) {
    for (const { mount, archive, catalog } of replicas) {
      mount.flush();
      mount.poll();
      mount.forgetMisses();
      await catchUp(archive, catalog, { inBucket: true });
      await archive.removeLeftovers(whatWasErased(catalog, () => false));
    }
  }
  for (const { mount } of replicas) mount.flush();
}

/** What the bucket's objects mean, worked out in the plainest way there is. */
function expectedOf({ objects }: Bucket, id: string) {
  if (objects.has(tombstoneName(id)) || !objects.has(manifestName(id))) return null;
  const stamps = [...objects.keys()].map(parseItemName).flatMap((name) => (name?.kind === "mark" && name.id === id ? [name.stamp] : []));
  const fields = { favorite: false, title: null as string | null, trashedAt: null as string | null };
  for (const stamp of stamps.sort()) {
    const name = [...objects.keys()].find((key) => key.includes(stamp) && key.includes(id)) ?? "";
    const { stamp: _stamp, ...changed } = readMark(id, stamp, objects.get(name) ?? new Uint8Array()) ?? { stamp };
    Object.assign(fields, changed);
  }
  return fields;
}

async function check(world: World) {
  const { bucket, replicas, truth, known } = world;
  const rebuilt = [];
  const hasSnapshots = [...bucket.objects.keys()].some((name) => name.startsWith("s/"));
  for (const withSnapshots of hasSnapshots ? [true, false] : [false]) {
    const objects = new Map([...bucket.objects].filter(([name]) => withSnapshots || !name.startsWith("s/")));
    const fresh = simulatedBucket();
    for (const [name, bytes] of objects) fresh.objects.set(name, bytes);
    const replica = await open(fresh.mount("streaming"), newFolder(), null, 0);
    await catchUp(replica.archive, replica.catalog);
    rebuilt.push(replica);
  }
  const all = [...replicas, ...rebuilt];
  const [first, ...others] = all.map(({ catalog }) => contents(catalog, people));
  for (const other of others) expect(other).toEqual(first);
  for (const { manifest } of known) {
    const { id, owner } = manifest;
    const expected = expectedOf(bucket, id);
    if (truth.acknowledged.has(id) && !truth.maybeErased.has(id)) expect(expected, "acknowledged and lost").not.toBeNull();
    if (!truth.maybeErased.has(id)) {
      for (const name of truth.marks.get(id) ?? []) expect(bucket.objects.has(name), "a mark that was acknowledged and lost").toBe(true);
    }
    if (truth.erased.has(id)) expect(expected, "erased and back").toBeNull();
    for (const { catalog, archive } of all) {
      const found = catalog.find(owner, id);
      if (!expected) {
        expect(found).toBeNull();
        continue;
      }
      expect(found).toMatchObject({ manifest, marks: expected });
      expect(Buffer.from((await archive.readImage(id, "image/png")) ?? []).equals(someImage)).toBe(true);
    }
    if (truth.erased.has(id)) {
      const left = [...bucket.objects.keys()].filter((name) => parseObjectName(name)?.id === id && name !== tombstoneName(id));
      expect(left, "left of what was erased").toEqual([]);
    }
    expect(bucket.objects.has(imageName(id, "image/png")) || expected === null).toBe(true);
  }
  for (const { catalog } of rebuilt) catalog.close();
}

it("any two replicas agree in the end, lose nothing and revive nothing", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const seen = { schedules: 0, steps: 0, faults: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...mountModes),
      fc.constantFrom(0, -60_000, 60_000),
      fc.array(step, { minLength: 5, maxLength: 25 }),
      async (mode, skewMs, steps) => {
        const world = await begin(mode, skewMs);
        try {
          for (const one of steps) await take(world, one);
          await heal(world);
          await check(world);
        } finally {
          for (const { catalog } of world.replicas) catalog.close();
          rmSync(inUse, { recursive: true, force: true });
        }
        seen.schedules += 1;
        seen.steps += steps.length;
        seen.faults += steps.filter(({ fault }) => fault).length;
      },
    ),
    { numRuns: schedules },
  );
  console.log(`two replicas: ${seen.schedules} schedules, ${seen.steps} steps, ${seen.faults} of them with a fault`);
});
