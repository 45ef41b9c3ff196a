import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/**
 * What goes wrong at the n-th call: the process dies before or after it took effect; storage refuses this one call, before or after the
 * effect, or for lack of room; or it hangs: the deadline passes, and the effect comes only later, perhaps after a restart.
 */
export const faultKinds = ["dies before", "dies after", "fails", "fails after", "is full", "hangs"] as const;
export type Fault = { call: number; what: (typeof faultKinds)[number] };

export type FaultyStore = ObjectStore & {
  /** Begins to count calls anew, towards a fault or none. */
  arm(fault: Fault | null): void;
  /** True when the armed fault has come about. */
  hasStruck(): boolean;
  /** Lets what hung take effect. */
  settle(): Promise<void>;
  /** The process that uses it is dead: every further call fails. */
  die(): void;
  isDead(): boolean;
};

/** Without `faultsInEmptyFolders`, calls that list nothing are not counted: 64 folders that hold little are told apart by nothing else. */
export type FaultOptions = { faultsInEmptyFolders?: boolean };

/** Another store with faults. After a death every further call fails, because there is nobody left to make one. */
export function faultyStore(store: ObjectStore, { faultsInEmptyFolders = true }: FaultOptions = {}): FaultyStore {
  let fault: Fault | null = null;
  let calls = 0;
  let struck = false;
  let dead = false;
  let late: (() => Promise<unknown>)[] = [];
  const failure = (code: string) => new StorageFailure(code, { cause: Object.assign(new Error(code), { code }) });

  async function around<T>(call: () => Promise<T>): Promise<T> {
    if (dead) throw failure("EIO");
    calls += 1;
    if (!fault || calls !== fault.call) return call();
    struck = true;
    const { what } = fault;
    dead = what.startsWith("dies");
    if (what.endsWith("after")) await call();
    if (what === "hangs") late.push(call);
    throw failure(what === "is full" ? "ENOSPC" : what === "hangs" ? "ETIMEDOUT" : "EIO");
  }

  return {
    arm(next) {
      fault = next;
      calls = 0;
      struck = false;
      dead = false;
    },
    hasStruck: () => struck,
    async settle() {
      const effects = late;
      late = [];
      for (const effect of effects) await effect().catch(() => {});
    },
    isDead: () => dead,
    die() {
      dead = true;
    },
    publish: (name, bytes) => around(() => store.publish(name, bytes)),
    read: (name) => around(() => store.read(name)),
    remove: (name) => around(() => store.remove(name)),
    isEmpty: () => around(() => store.isEmpty()),
    async *list(prefix) {
      if (dead || faultsInEmptyFolders || !(await isEmptyFolder(store, prefix))) await around(async () => {});
      yield* store.list(prefix);
    },
  };
}

async function isEmptyFolder(store: ObjectStore, prefix: string): Promise<boolean> {
  for await (const _name of store.list(prefix)) return false;
  return true;
}
