import type { NamedBytes, Outbox } from "@/lib/gallery/outbox";
import { checkedName, ObjectCollision, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/** A store that takes several objects at once: all of them or none. */
export type OutboxedStore = ObjectStore & { publishAll(objects: readonly NamedBytes[]): Promise<void> };

/** Pictures with their marks, tombstones and ended sessions; the marker and what is made for speed go straight to storage. */
const promised = /^(?:o|t|r)\//;

/**
 * A store with an outbox in front of it. What is published is promised when it would survive a restart, and reaches the store later;
 * until then it is read and listed as if it were there.
 * @param wake is called when there is something to publish
 */
export function throughOutbox(store: ObjectStore, outbox: Outbox, wake: () => void): OutboxedStore {
  const publishAll = async (objects: readonly NamedBytes[]) => {
    for (const { name } of objects) checkedName(name);
    if (!(await onLocalDisk(() => outbox.put(objects)))) throw new ObjectCollision(objects.map(({ name }) => name).join(", "));
    wake();
  };
  return {
    publishAll,
    publish: (name, bytes) => (promised.test(name) ? publishAll([{ name, bytes }]) : store.publish(name, bytes)),
    async read(name) {
      return (promised.test(name) && (await onLocalDisk(() => outbox.read(name)))) || store.read(name);
    },
    async *list(prefix) {
      // Taken first: what is published meanwhile is met here, there, or in both.
      const waiting = new Set(outbox.names(prefix));
      for await (const name of store.list(prefix)) {
        waiting.delete(name);
        yield name;
      }
      yield* waiting;
    },
    async remove(name) {
      if (outbox.has(checkedName(name))) outbox.remove([name]);
      await store.remove(name);
    },
    isEmpty: () => store.isEmpty(),
  };
}

async function onLocalDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageFailure("the outbox could not be used", { cause: fullDisk(cause) ?? cause, local: true });
  }
}

// SQLite says in words of its own that a disk is full (SQLITE_FULL).
function fullDisk(error: unknown): Error | null {
  const isFull = (error as { errcode?: number }).errcode === 13;
  return isFull ? Object.assign(new Error("database or disk is full", { cause: error }), { code: "ENOSPC" }) : null;
}
