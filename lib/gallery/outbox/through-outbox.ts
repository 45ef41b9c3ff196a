import type { NamedBytes, Outbox } from "@/lib/gallery/outbox";
import { onLocalDisk } from "@/lib/gallery/outbox/on-local-disk";
import { checkedName, ObjectCollision, type ObjectStore } from "@/lib/storage/object-store";

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
