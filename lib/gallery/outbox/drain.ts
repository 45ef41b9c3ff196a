import { tombstones } from "@/lib/gallery/layout";
import type { Outbox, WaitingObject } from "@/lib/gallery/outbox";
import { onLocalDisk } from "@/lib/gallery/outbox/on-local-disk";
import { ObjectCollision, type ObjectStore } from "@/lib/storage/object-store";

export type Drain = {
  /** Says that there may be something to publish. */
  wake(): void;
  /** Why the last attempt failed; null when it did not, or nothing waits. */
  problem(): unknown;
  /** Goes on until nothing waits, at most for so many milliseconds, and begins nothing more then. */
  stop(withinMs: number): Promise<void>;
};

const thingsAtOnce = 8;
const firstPauseMs = 25;
const longestPauseMs = 60_000;

/**
 * Publishes what waits: things beside each other, the objects of one thing in their order, with ever longer pauses after failures. What
 * is published twice, because a process died in between, is published once.
 * @param makeSure throws unless the store is the archive that the outbox belongs to; asked before and after, since a mount may go away
 */
export function startDrain(outbox: Outbox, store: ObjectStore, makeSure: () => Promise<void>): Drain {
  const running = new Map<string, Promise<void>>();
  const pauses = new Map<string, { ms: number; until: number }>();
  let lastProblem: unknown = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  // A database that fails must not end the process: the next thing that is stored begins again.
  function wake(): void {
    try {
      pump();
    } catch (error) {
      lastProblem = error;
    }
  }

  function pump(): void {
    clearTimeout(timer);
    if (stopped) return;
    let next = Number.POSITIVE_INFINITY;
    for (const thing of outbox.things()) {
      if (running.size >= thingsAtOnce) return;
      if (running.has(thing)) continue;
      const until = pauses.get(thing)?.until ?? 0;
      if (until > Date.now()) next = Math.min(next, until);
      else begin(thing);
    }
    if (Number.isFinite(next)) timer = setTimeout(wake, Math.max(10, next - Date.now())).unref();
  }

  function begin(thing: string): void {
    const work = publishThing(thing).then(
      () => {
        pauses.clear();
        lastProblem = null;
      },
      (error: unknown) => {
        const ms = Math.min((pauses.get(thing)?.ms ?? firstPauseMs / 2) * 2, longestPauseMs);
        pauses.set(thing, { ms, until: Date.now() + ms * (0.75 + Math.random() / 2) });
        lastProblem = error;
      },
    );
    running.set(thing, work);
    work.finally(() => {
      running.delete(thing);
      wake();
    });
  }

  async function publishThing(thing: string): Promise<void> {
    const objects = outbox.waitingOf(thing);
    const isErased = objects.some(({ name }) => name.startsWith(tombstones));
    const [records, parts] = [objects.filter(isRecord), objects.filter((object) => !isRecord(object))];
    await makeSure();
    // Records say that something is so: what they are about comes first, in any order.
    await Promise.all(parts.map((part) => publishObject(part, isErased)));
    for (const record of records) await publishObject(record, isErased);
    await makeSure();
    outbox.remove(objects.map(({ name }) => name));
  }

  async function publishObject({ name }: WaitingObject, isErased: boolean): Promise<void> {
    const bytes = await onLocalDisk(() => outbox.read(name)).catch((error: unknown) => {
      // What nobody will ever see again does not keep its tombstone waiting.
      if (isErased && !name.startsWith(tombstones)) return null;
      throw error;
    });
    // It was taken out meanwhile.
    if (!bytes) return;
    try {
      await store.publish(name, bytes);
    } catch (error) {
      // Another tombstone, from an attempt whose answer was lost or from another replica, is as good.
      if (!(error instanceof ObjectCollision && /^[tr]\//.test(name))) throw error;
    }
  }

  wake();
  return {
    wake,
    problem: () => (outbox.size().count > 0 ? lastProblem : null),
    async stop(withinMs) {
      await outbox.untilGone(outbox.names(""), withinMs);
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const isRecord = ({ name }: WaitingObject) => name.endsWith(".json");
