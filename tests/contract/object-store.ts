/** What every object store promises. Each implementation runs this suite on a fresh, empty store per test. */
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ObjectCollision, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

export type StoreUnderTest = {
  store: ObjectStore;
  /** Makes an object that was published impossible to read, as a failing disk would. */
  damage(name: string): Promise<void>;
  /** Leaves bytes in the place without asking the store, as another program or a killed process would. */
  litter(name: string, bytes: Uint8Array): Promise<void>;
};

const hostileNames = [
  "",
  "/",
  "/a",
  "a/",
  "a//b",
  ".",
  "..",
  "../a",
  "a/../b",
  "a/./b",
  ".hidden",
  "a/.hidden",
  "a\\b",
  "a b",
  "a\0b",
  "a\n",
];
const stillHostile = ["C:/a", "%2e%2e/a", "ä", "a/ä", "-a", "_a", "tmp", "tmp/a", "a?b", "a*b", `${"a".repeat(201)}`, "a:b", "\u202ea"];
const hostilePrefixes = ["", "a", "/", "../", "a/../", "tmp/", "a//", ".hidden/"];

const text = (words: string) => Buffer.from(words);

async function listed(store: ObjectStore, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list(prefix)) names.push(name);
  return names.sort();
}

async function content(store: ObjectStore, name: string): Promise<string | null> {
  const bytes = await store.read(name);
  return bytes && Buffer.from(bytes).toString();
}

export function describeObjectStore(kind: string, open: () => Promise<StoreUnderTest>): void {
  describe(`object store: ${kind}`, () => {
    it("keeps bytes under a name", async () => {
      const { store } = await open();
      await store.publish("o/3f/a.json", text("one"));
      expect(await content(store, "o/3f/a.json")).toBe("one");
      expect(await listed(store, "o/3f/")).toEqual(["o/3f/a.json"]);
    });

    it("says null for what is not there", async () => {
      const { store } = await open();
      expect(await store.read("o/3f/a.json")).toBeNull();
      await store.publish("o/3f/b.json", text("one"));
      expect(await store.read("o/3f/a.json")).toBeNull();
    });

    it.each([
      ["an empty object", new Uint8Array(0)],
      ["5 MB", new Uint8Array(randomBytes(5_000_000))],
      ["every byte", Uint8Array.from({ length: 256 }, (_, n) => n)],
    ])("returns %s unchanged", async (_, bytes) => {
      const { store } = await open();
      await store.publish("o/object", bytes);
      const read = await store.read("o/object");
      expect(read).not.toBeNull();
      expect(Buffer.compare(read ?? text("nothing"), bytes)).toBe(0);
    });

    it("does not share memory with the bytes it was given", async () => {
      const { store } = await open();
      const bytes = text("before");
      await store.publish("a", bytes);
      bytes.write("after!");
      expect(await content(store, "a")).toBe("before");
    });

    it("succeeds again with the same bytes and refuses others", async () => {
      const { store } = await open();
      await store.publish("a", text("one"));
      await store.publish("a", text("one"));
      await expect(store.publish("a", text("two"))).rejects.toBeInstanceOf(ObjectCollision);
      await expect(store.publish("a", text(""))).rejects.toBeInstanceOf(ObjectCollision);
      expect(await content(store, "a")).toBe("one");
    });

    it("lets one of twenty racing publishers win, and tells the others", async () => {
      const { store } = await open();
      const contents = Array.from({ length: 20 }, (_, n) => `content ${n % 10}`);
      const outcomes = await Promise.allSettled(contents.map((words) => store.publish("race", text(words))));
      const winner = await content(store, "race");
      expect(contents).toContain(winner);
      for (const [n, outcome] of outcomes.entries()) {
        if (contents[n] === winner) expect(outcome.status).toBe("fulfilled");
        else expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(ObjectCollision) });
      }
    });

    it("publishes many names at once", async () => {
      const { store } = await open();
      const names = Array.from({ length: 40 }, (_, n) => `o/${n % 4}/${n}`);
      await Promise.all(names.map((name) => store.publish(name, text(name))));
      expect(await listed(store, "o/")).toEqual(names.toSorted());
      for (const name of names) expect(await content(store, name)).toBe(name);
    });

    it("lists what is under a prefix and nothing else", async () => {
      const { store } = await open();
      for (const name of ["a/b", "a/c/d", "ab/c", "b"]) await store.publish(name, text(name));
      expect(await listed(store, "a/")).toEqual(["a/b", "a/c/d"]);
      expect(await listed(store, "a/c/")).toEqual(["a/c/d"]);
      expect(await listed(store, "nothing/")).toEqual([]);
    });

    it("does not list what others left behind", async () => {
      const { store, litter } = await open();
      await store.publish("a/mine", text("mine"));
      for (const junk of ["a/.DS_Store", "a/desktop file.ini", "a/~lock", "a/.hidden/deep", "tmp/crashed/half"])
        await litter(junk, text("junk"));
      expect(await listed(store, "a/")).toEqual(["a/mine"]);
    });

    it("removes, and forgives removing twice", async () => {
      const { store } = await open();
      await store.publish("a/b", text("one"));
      await store.remove("a/b");
      await store.remove("a/b");
      await store.remove("never/there");
      expect(await store.read("a/b")).toBeNull();
      expect(await listed(store, "a/")).toEqual([]);
    });

    it("never mistakes what cannot be read for what is not there", async () => {
      const { store, damage } = await open();
      await store.publish("a/b", text("one"));
      await damage("a/b");
      await expect(store.read("a/b")).rejects.toBeInstanceOf(StorageFailure);
    });

    it("knows whether the place is empty, whoever put something there", async () => {
      const { store, litter } = await open();
      expect(await store.isEmpty()).toBe(true);
      await litter("tmp/crashed/half", text("junk"));
      expect(await store.isEmpty()).toBe(true);
      await litter("somebody's file.txt", text("theirs"));
      expect(await store.isEmpty()).toBe(false);
    });

    it.each([...hostileNames, ...stillHostile])("refuses the name %j", async (name) => {
      const { store } = await open();
      await expect(store.publish(name, text("x"))).rejects.toBeInstanceOf(RangeError);
      await expect(store.read(name)).rejects.toBeInstanceOf(RangeError);
      await expect(store.remove(name)).rejects.toBeInstanceOf(RangeError);
      expect(await store.isEmpty()).toBe(true);
    });

    it.each(hostilePrefixes)("refuses the prefix %j", async (prefix) => {
      const { store } = await open();
      await expect(listed(store, prefix)).rejects.toBeInstanceOf(RangeError);
    });
  });
}
