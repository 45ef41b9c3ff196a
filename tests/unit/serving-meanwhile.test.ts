/** A gallery whose catalog is being made anew, while storage is slow: what is known is served, and what is not is not denied. */
import { rm } from "node:fs/promises";
import { expect, it, vi } from "vitest";
import { exportPictures } from "@/lib/gallery/export";
import * as gallery from "@/lib/gallery/gallery";
import { manifestName } from "@/lib/gallery/layout";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { config, install, restart } from "@/tests/support/installation";
import { type MemoryStore, memoryStore } from "@/tests/support/memory-store";

const place = vi.hoisted(() => ({ slow: null as Promise<void> | null }) as { store: MemoryStore; slow: Promise<void> | null });

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));
vi.mock("@/lib/storage/volume", () => ({
  openVolume: () => ({
    ...place.store,
    async *list(prefix: string) {
      if (prefix.startsWith("o/")) await place.slow;
      yield* place.store.list(prefix);
    },
  }),
}));

it("lists what it knows and says that more is coming, and exports only when it has all", async () => {
  place.store = memoryStore();
  await install();
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  const made = await gallery.makeGeneration("alice", generationRequestSchema.parse({ prompt: "A quiet harbour" }), options);
  await vi.waitUntil(() => place.store.objects.has(manifestName(made.id)));
  const complete = await gallery.listGenerations("alice");
  expect(complete).not.toHaveProperty("catchingUp");

  const released = Promise.withResolvers<void>();
  place.slow = released.promise;
  await rm(config().cacheDir, { recursive: true });
  restart();
  expect(await gallery.listGenerations("alice")).toEqual({ items: [], nextCursor: null, total: 0, catchingUp: true });
  expect(await gallery.storageStatus()).toMatchObject({ problem: null, catchingUp: true, alarm: null });
  const exporting = exportPictures("alice");
  expect(await Promise.race([exporting, Promise.resolve("waits")])).toBe("waits");
  released.resolve();
  expect((await exporting).length).toBeGreaterThan(1000);
  expect(await gallery.listGenerations("alice")).toEqual(complete);
  expect(await gallery.getGeneration("alice", made.id)).toMatchObject({ id: made.id, saved: true });
});
