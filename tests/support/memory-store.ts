import { checkedName, checkedPrefix, isName, ObjectCollision, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/** An object store in memory, open to the tests: they may look at its objects, and make some of them unreadable. */
export type MemoryStore = ObjectStore & { objects: Map<string, Uint8Array>; unreadable: Set<string> };

export function memoryStore(objects = new Map<string, Uint8Array>()): MemoryStore {
  const unreadable = new Set<string>();
  return {
    objects,
    unreadable,
    async publish(name, bytes) {
      const there = objects.get(checkedName(name));
      if (there && !Buffer.from(there).equals(bytes)) throw new ObjectCollision(name);
      objects.set(name, Uint8Array.from(bytes));
    },
    async read(name) {
      const there = objects.get(checkedName(name));
      if (unreadable.has(name)) throw new StorageFailure("unreadable", { cause: Object.assign(new Error("EIO"), { code: "EIO" }) });
      return there ? Uint8Array.from(there) : null;
    },
    async *list(prefix) {
      checkedPrefix(prefix);
      for (const name of [...objects.keys()]) if (name.startsWith(prefix) && isName(name)) yield name;
    },
    async remove(name) {
      objects.delete(checkedName(name));
    },
    async isEmpty() {
      return [...objects.keys()].every((name) => name.startsWith("tmp/"));
    },
  };
}
