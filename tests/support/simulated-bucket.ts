/**
 * A bucket in memory and its mounts, which obey what is known of hf-mount at the level of whole objects. A mount sees its own work at
 * once and that of others when it polls; a name that it missed stays missing for a while; publishing is durable when it resolves and
 * overwrites what only others have seen. In "advanced" mode a removal is only queued: it is lost when the mount dies.
 */
import { checkedName, checkedPrefix, isName, ObjectCollision, type ObjectStore } from "@/lib/storage/object-store";

export const mountModes = ["streaming", "advanced"] as const;
export type MountMode = (typeof mountModes)[number];

export type Mount = {
  store: ObjectStore;
  /** Lists the bucket anew. */
  poll(): void;
  /** Takes a listing now, to be applied later, when it is older than what was done here meanwhile. */
  beginPoll(): void;
  endPoll(): void;
  /** Sends queued removals. */
  flush(): void;
  /** Forgets which names were missed. */
  forgetMisses(): void;
  /** The mount dies and comes back: what was queued is lost. */
  crash(): void;
};

export type Bucket = { objects: Map<string, Uint8Array>; mount(mode: MountMode): Mount };

export function simulatedBucket(): Bucket {
  const objects = new Map<string, Uint8Array>();
  return { objects, mount: (mode) => openMount(objects, mode) };
}

function openMount(objects: Map<string, Uint8Array>, mode: MountMode): Mount {
  let listed = new Set(objects.keys());
  let begun: Set<string> | null = null;
  const queued = new Set<string>();
  const missed = new Set<string>();
  const poll = () => {
    listed = new Set([...objects.keys()].filter((name) => !queued.has(name)));
  };
  const flush = () => {
    for (const name of queued) objects.delete(name);
    queued.clear();
  };
  const store: ObjectStore = {
    async publish(name, bytes) {
      const there = listed.has(checkedName(name)) ? objects.get(name) : undefined;
      if (there && !Buffer.from(there).equals(bytes)) throw new ObjectCollision(name);
      objects.set(name, Uint8Array.from(bytes));
      listed.add(name);
      missed.delete(name);
      queued.delete(name);
    },
    async read(name) {
      const there = objects.get(checkedName(name));
      if (queued.has(name) || missed.has(name)) return null;
      if (!there) missed.add(name);
      return there ? Uint8Array.from(there) : null;
    },
    async *list(prefix) {
      checkedPrefix(prefix);
      for (const name of [...listed]) if (name.startsWith(prefix) && isName(name)) yield name;
    },
    async remove(name) {
      listed.delete(checkedName(name));
      if (mode === "advanced") queued.add(name);
      else objects.delete(name);
    },
    async isEmpty() {
      return objects.size === 0;
    },
  };
  return {
    store,
    poll,
    beginPoll() {
      begun = new Set(objects.keys());
    },
    endPoll() {
      if (begun) listed = begun;
      begun = null;
    },
    flush,
    forgetMisses: () => missed.clear(),
    crash() {
      queued.clear();
      missed.clear();
      begun = null;
      poll();
    },
  };
}
