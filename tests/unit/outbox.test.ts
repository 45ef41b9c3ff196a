import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/gallery/id";
import { imageName, manifestName, thingOf, thumbnailName, tombstoneName } from "@/lib/gallery/layout";
import { openOutbox } from "@/lib/gallery/outbox";
import { bytesFolderIn, openOutboxDatabase } from "@/lib/gallery/outbox/database";
import { startDrain } from "@/lib/gallery/outbox/drain";
import { throughOutbox } from "@/lib/gallery/outbox/through-outbox";
import { ObjectCollision, StorageFailure } from "@/lib/storage/object-store";
import { memoryStore } from "@/tests/support/memory-store";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const small = Buffer.from("small");
const large = Buffer.alloc(200_000, 7);

function open(folder: string, archive = "here", database = openOutboxDatabase(folder)) {
  return openOutbox(database, { folder: bytesFolderIn(folder), archive, thingOf });
}

async function begin() {
  const folder = await temporaryFolder();
  const database = openOutboxDatabase(folder);
  return { folder, database, outbox: open(folder, "here", database) };
}

const itemOf = (id: string) => [
  { name: imageName(id, "image/png"), bytes: large },
  { name: thumbnailName(id), bytes: small },
  { name: manifestName(id), bytes: small },
];
const ours = async () => {};

describe("the outbox", () => {
  it("holds what it took over a restart, byte for byte and in order", async () => {
    const { folder, outbox } = await begin();
    const [one, two] = [newId(), newId()];
    expect(await outbox.put([...itemOf(two), ...itemOf(one)])).toBe(true);
    const again = open(folder);
    expect(again.things()).toEqual([two, one]);
    expect(again.waitingOf(one).map(({ name }) => name)).toEqual(itemOf(one).map(({ name }) => name));
    for (const { name, bytes } of itemOf(one)) expect(Buffer.compare((await again.read(name)) ?? small, bytes)).toBe(0);
    expect(again.size()).toEqual({ count: 6, oldest: expect.any(Number) });
  });

  it("takes the same twice as once, and nothing at all beside other bytes", async () => {
    const { folder, outbox } = await begin();
    const objects = itemOf(newId());
    expect(await outbox.put(objects)).toBe(true);
    expect(await outbox.put(objects)).toBe(true);
    const taken = { name: objects[0]?.name ?? "", bytes: small };
    expect(await outbox.put([...itemOf(newId()), taken])).toBe(false);
    const [one, two] = [manifestName(newId()), manifestName(newId())];
    const racing = [
      outbox.put([{ name: one, bytes: small }]),
      outbox.put([
        { name: two, bytes: small },
        { name: one, bytes: large },
      ]),
    ];
    expect((await Promise.all(racing)).toSorted()).toEqual([false, true]);
    outbox.remove([one, two]);
    expect(outbox.things()).toHaveLength(1);
    await vi.waitFor(async () => expect(await readdir(path.join(folder, "outbox"))).toHaveLength(1));
  });

  it("keeps archives apart that share a folder", async () => {
    const { folder, outbox } = await begin();
    await outbox.put(itemOf(newId()));
    const elsewhere = open(folder, "elsewhere");
    expect(elsewhere.size()).toEqual({ count: 0, oldest: null });
    const store = memoryStore();
    await startDrain(elsewhere, store, ours).stop(0);
    expect(store.objects.size).toBe(0);
    expect(outbox.size().count).toBe(3);
  });

  it("sets a damaged database aside rather than throwing it away", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "outbox.sqlite"), Buffer.alloc(8192, 7));
    expect(open(folder).size().count).toBe(0);
    expect((await readdir(folder)).filter((name) => name.includes(".damaged-"))).toHaveLength(1);
  });

  it.each([
    ["damaged", Buffer.alloc(8192, 7)],
    ["empty, as a disk that lost its power may leave it", Buffer.alloc(0)],
  ])("sets the files of what waited aside with a database that is %s", async (_, left) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { folder, database, outbox } = await begin();
    await outbox.put(itemOf(newId()));
    const [waiting = ""] = await readdir(path.join(folder, "outbox"));
    database.close();
    for (const suffix of ["-wal", "-shm"]) await rm(path.join(folder, `outbox.sqlite${suffix}`), { force: true });
    await writeFile(path.join(folder, "outbox.sqlite"), left);
    expect(open(folder).size().count).toBe(0);
    const [aside = ""] = (await readdir(folder)).filter((name) => name.startsWith("outbox.damaged-"));
    expect(await readFile(path.join(folder, aside, waiting))).toEqual(large);
    expect(existsSync(path.join(folder, "outbox"))).toBe(false);
  });

  it("says so when a file of what waits is gone, instead of taking it for published", async () => {
    const { folder, outbox } = await begin();
    const objects = itemOf(newId());
    await outbox.put(objects);
    await rm(path.join(folder, "outbox"), { recursive: true });
    const front = throughOutbox(memoryStore(), outbox, () => {});
    await expect(front.read(objects[0]?.name ?? "")).rejects.toMatchObject({ name: "StorageFailure", local: true });
    expect(await outbox.read(imageName(newId(), "image/png"))).toBeNull();
  });

  it("refuses a database of a later version and leaves it as it is", async () => {
    const folder = await temporaryFolder();
    const database = openOutboxDatabase(folder);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(() => openOutboxDatabase(folder)).toThrow(/later version/);
    expect(existsSync(path.join(folder, "outbox.sqlite"))).toBe(true);
  });
});

describe("a store with an outbox in front of it", () => {
  it("reads and lists what waits as if it were there, and publishes image and thumbnail before the manifest", async () => {
    const { outbox } = await begin();
    const store = memoryStore();
    const front = throughOutbox(store, outbox, () => {});
    const id = newId();
    const objects = itemOf(id);
    await front.publishAll(objects);
    await front.publish("s/snapshot", small);
    expect([...store.objects.keys()]).toEqual(["s/snapshot"]);
    const listed = async () => {
      const names: string[] = [];
      for await (const name of front.list("o/")) names.push(name);
      return names.sort();
    };
    expect(await listed()).toEqual(objects.map(({ name }) => name).sort());
    expect(Buffer.from((await front.read(manifestName(id))) ?? [])).toEqual(small);

    const drain = startDrain(outbox, store, ours);
    await expect(outbox.untilGone([manifestName(id)], 5000)).resolves.toBe(true);
    expect([...store.objects.keys()].at(-1)).toBe(manifestName(id));
    expect(await listed()).toEqual(objects.map(({ name }) => name).sort());
    expect(drain.problem()).toBeNull();
    await drain.stop(0);
  });

  it("refuses a name that waits with other bytes, and forgets what is removed before it was published", async () => {
    const { outbox } = await begin();
    const front = throughOutbox(memoryStore(), outbox, () => {});
    const name = manifestName(newId());
    await front.publish(name, small);
    await expect(front.publish(name, large)).rejects.toBeInstanceOf(ObjectCollision);
    await front.remove(name);
    expect(outbox.size().count).toBe(0);
    expect(await front.read(name)).toBeNull();
  });

  it("says that the disk is full when it is the outbox's own", async () => {
    const { outbox } = await begin();
    const full = { ...outbox, put: () => Promise.reject(Object.assign(new Error("full"), { errcode: 13 })) };
    const publishing = throughOutbox(memoryStore(), full, () => {}).publish(manifestName(newId()), small);
    await expect(publishing).rejects.toMatchObject({ name: "StorageFailure", full: true });
  });
});

describe("emptying the outbox", () => {
  it("tries again after failures, with one thing not in the way of another", async () => {
    const { outbox } = await begin();
    const store = memoryStore();
    const [stuck, other] = [newId(), newId()];
    let failures = 2;
    const publish = store.publish.bind(store);
    store.publish = async (name, bytes) => {
      if (name === manifestName(stuck) && failures-- > 0) throw new StorageFailure("no", { cause: new Error("EIO") });
      await publish(name, bytes);
    };
    await outbox.put([...itemOf(stuck), ...itemOf(other)]);
    const drain = startDrain(outbox, store, ours);
    await expect(outbox.untilGone([manifestName(other)], 400)).resolves.toBe(true);
    expect(outbox.has(manifestName(stuck))).toBe(true);
    await expect(outbox.untilGone([manifestName(stuck)], 10_000)).resolves.toBe(true);
    await drain.stop(0);
  });

  it("writes nothing to a place that is not the archive, and takes nothing for saved when it went away meanwhile", async () => {
    const { outbox } = await begin();
    const store = memoryStore();
    await outbox.put(itemOf(newId()));
    const refuse = vi.fn(async () => {
      throw new Error("not ours");
    });
    const drain = startDrain(outbox, store, refuse);
    await vi.waitFor(() => expect(drain.problem()).toMatchObject({ message: "not ours" }));
    expect(store.objects.size).toBe(0);
    await drain.stop(0);

    const goesAway = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValue(new Error("gone"));
    const second = startDrain(outbox, store, goesAway);
    await vi.waitFor(() => expect(second.problem()).toMatchObject({ message: "gone" }));
    expect(outbox.size().count).toBe(3);
    await second.stop(0);
  });

  it("saves nothing of a picture whose file is gone from the outbox, and the whole of it when it is back", async () => {
    const { folder, outbox } = await begin();
    const store = memoryStore();
    const id = newId();
    await outbox.put(itemOf(id));
    await rename(path.join(folder, "outbox"), path.join(folder, "elsewhere"));
    const drain = startDrain(outbox, store, ours);
    await vi.waitFor(() => expect(drain.problem()).toMatchObject({ name: "StorageFailure", local: true }));
    expect(outbox.waitingOf(id)).toHaveLength(3);
    expect([...store.objects.keys()]).not.toContain(manifestName(id));

    await rename(path.join(folder, "elsewhere"), path.join(folder, "outbox"));
    await expect(outbox.untilGone([manifestName(id)], 10_000)).resolves.toBe(true);
    expect(Buffer.compare(store.objects.get(imageName(id, "image/png")) ?? small, large)).toBe(0);
    await drain.stop(0);
  });

  it("erases a picture all the same whose file is gone from the outbox", async () => {
    const { folder, outbox } = await begin();
    const store = memoryStore();
    const id = newId();
    await outbox.put([...itemOf(id), { name: tombstoneName(id), bytes: small }]);
    await rm(path.join(folder, "outbox"), { recursive: true });
    const drain = startDrain(outbox, store, ours);
    await expect(outbox.untilGone([tombstoneName(id)], 5000)).resolves.toBe(true);
    expect(store.objects.has(tombstoneName(id))).toBe(true);
    await drain.stop(0);
  });

  it("takes another tombstone of the same item for as good, but no other collision", async () => {
    const { outbox } = await begin();
    const [erased, collided] = [newId(), newId()];
    const store = memoryStore(new Map([tombstoneName(erased), manifestName(collided)].map((name) => [name, large])));
    await outbox.put([
      { name: tombstoneName(erased), bytes: small },
      { name: manifestName(collided), bytes: small },
    ]);
    const drain = startDrain(outbox, store, ours);
    await expect(outbox.untilGone([tombstoneName(erased)], 5000)).resolves.toBe(true);
    await vi.waitFor(() => expect(drain.problem()).toBeInstanceOf(ObjectCollision));
    expect(outbox.has(manifestName(collided))).toBe(true);
    await drain.stop(0);
  });
});
