import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/** What goes wrong at the n-th call: the process dies before or after it took effect, or storage refuses this one call. */
export type Fault = { call: number; what: "dies before" | "dies after" | "is full" | "fails" };

export type FaultyStore = ObjectStore & {
  /** Begins to count calls anew, towards a fault or none. */
  arm(fault: Fault | null): void;
  /** True when the armed fault has come about. */
  hasStruck(): boolean;
};

/** Another store with faults. After a death every further call fails, because there is nobody left to make one. */
export function faultyStore(store: ObjectStore): FaultyStore {
  let fault: Fault | null = null;
  let calls = 0;
  let struck = false;
  let dead = false;
  const failure = (code: string) => new StorageFailure(code, { cause: Object.assign(new Error(code), { code }) });

  async function around<T>(call: () => Promise<T>): Promise<T> {
    if (dead) throw failure("EIO");
    calls += 1;
    if (!fault || calls !== fault.call) return call();
    struck = true;
    dead = fault.what.startsWith("dies");
    if (fault.what === "dies after") await call();
    throw failure(fault.what === "is full" ? "ENOSPC" : "EIO");
  }

  return {
    arm(next) {
      fault = next;
      calls = 0;
      struck = false;
      dead = false;
    },
    hasStruck: () => struck,
    publish: (name, bytes) => around(() => store.publish(name, bytes)),
    read: (name) => around(() => store.read(name)),
    remove: (name) => around(() => store.remove(name)),
    isEmpty: () => around(() => store.isEmpty()),
    async *list(prefix) {
      await around(async () => {});
      yield* store.list(prefix);
    },
  };
}
