/** Where the provider keeps grants, codes and tokens: in memory, until they expire or the process ends. */
import type { Adapter, AdapterPayload } from "oidc-provider";

type Entry = { payload: AdapterPayload; expiresAt: number };

/** Makes the adapter of each model over one shared memory, in the form that oidc-provider takes. */
export function createMemoryAdapter(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const alive = (key: string) => {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      entries.set(`${model}:${id}`, { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY });
    },
    async find(id) {
      return alive(`${model}:${id}`);
    },
    async findByUid(uid) {
      return [...entries.keys()].map((key) => alive(key)).find((payload) => payload?.kind === model && payload.uid === uid);
    },
    // Only the device flow, which is not offered here, has user codes.
    async findByUserCode() {
      return undefined;
    },
    async consume(id) {
      const payload = alive(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
