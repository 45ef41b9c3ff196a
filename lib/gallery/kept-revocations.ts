/** Sessions that were signed out before their time, as objects beside the pictures, so that a restart does not revive them. */
import { z } from "zod";
import { parseRevocationName, revocationName, revocations } from "@/lib/gallery/layout";
import { seal, unseal } from "@/lib/gallery/sealed-json";
import { ObjectCollision, type ObjectStore } from "@/lib/storage/object-store";

export type KeptRevocations = {
  /** @throws StorageFailure */
  has(hash: string): Promise<boolean>;
  /** Resolves when it is durable. `expiresAt` in seconds since 1970. @throws StorageFailure */
  add(hash: string, expiresAt: number): Promise<void>;
  /** Removes those whose time has come; returns how many. @throws StorageFailure */
  removeExpired(): Promise<number>;
};

const schema = z.object({ version: z.literal(1), expiresAt: z.number() });

/** The revocations in a store. A hash is SHA-256 in hexadecimal. */
export function keptRevocations(store: ObjectStore): KeptRevocations {
  return {
    // An object that cannot be read as one still says that somebody signed out.
    has: async (hash) => (await store.read(revocationName(hash))) !== null,
    async add(hash, expiresAt) {
      try {
        await store.publish(revocationName(hash), seal({ version: 1, expiresAt }));
      } catch (error) {
        // Signed out twice: the first time counts.
        if (!(error instanceof ObjectCollision)) throw error;
      }
    },
    async removeExpired() {
      let removed = 0;
      for await (const name of store.list(revocations)) {
        if (parseRevocationName(name) === null) continue;
        const bytes = await store.read(name);
        const entry = bytes && schema.safeParse(unseal(bytes)).data;
        if (!entry || entry.expiresAt > Date.now() / 1000) continue;
        await store.remove(name);
        removed += 1;
      }
      return removed;
    },
  };
}
