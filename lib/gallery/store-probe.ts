/** Whether a store takes what it is given is tried out at the start, not with somebody's first picture. */
import type { ObjectStore } from "@/lib/storage/object-store";
import { type Capability, unconfirmed } from "@/lib/storage/volume/capability";

/** A store that can be tried out; a bucket need not be. */
export type TriableStore = ObjectStore & { capability?: () => Promise<Capability> };

export type StoreProbe = {
  /** Why nothing can be kept there; null when it can, or that is not known. */
  problem(): unknown;
  stop(): void;
};

type Settings = {
  /** Throws unless it is the right store, which is asked before anything is written. */
  makeSure: () => Promise<void>;
  /** Is called when a problem begins. */
  onProblem: (problem: unknown) => void;
};

const againMs = { well: 6 * 3_600_000, ill: 60_000 } as const;

/** Tries a store out now, every six hours, and every minute while it fails. */
export function probeStore({ capability }: TriableStore, { makeSure, onProblem }: Settings): StoreProbe {
  let problem: unknown = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const tryOut = async () => {
    await makeSure();
    return (await capability?.()) === "unconfirmed" ? unconfirmed() : null;
  };
  const probe = async () => {
    const found = await tryOut().catch((error: unknown) => error);
    if (isStopped) return;
    if (found !== null && problem === null) onProblem(found);
    problem = found;
    timer = setTimeout(() => void probe(), againMs[problem === null ? "well" : "ill"]).unref();
  };
  if (capability) void probe();
  return {
    problem: () => problem,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
