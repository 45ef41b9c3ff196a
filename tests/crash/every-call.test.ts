/**
 * Everything that changes a gallery, with one fault at every single call to storage, on a mounted bucket in both of its modes: the
 * process dies, or storage refuses, runs full or hangs, before or after the effect. Afterwards comes a restart, then a rebuild.
 */
import { readdir, rm } from "node:fs/promises";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Collection } from "@/lib/gallery/collection";
import { changeCollection, createCollection, listCollections } from "@/lib/gallery/collections";
import { eraseAccount } from "@/lib/gallery/erase-account";
import * as gallery from "@/lib/gallery/gallery";
import type { Generation } from "@/lib/gallery/generation";
import { manifestName, parseObjectName, shardOf } from "@/lib/gallery/layout";
import { openedLibrary } from "@/lib/gallery/library";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { sha256 } from "@/lib/gallery/sealed-json";
import { newShareSchema, type Share } from "@/lib/gallery/share";
import { createShare, listShares, revokeShare } from "@/lib/gallery/shares";
import { sweep } from "@/lib/gallery/sweep";
import type { Generator } from "@/lib/generators/generator";
import type { Failure } from "@/lib/http/errors";
import { type Fault, faultKinds } from "@/tests/support/faulty-store";
import {
  config,
  endInPeace,
  generateWith,
  install,
  installWithCache,
  makeTinyImage,
  restart,
  storage,
  untilDeath,
} from "@/tests/support/installation";
import { type Bucket, type Mount, type MountMode, mountModes, simulatedBucket } from "@/tests/support/simulated-bucket";
import { quickestPlace } from "@/tests/support/temporary-folder";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));
vi.mock("@/lib/storage/volume", async () => {
  const { wrapVolume } = await import("@/tests/support/installation");
  return { openVolume: () => wrapVolume(place.mount.store, { faultsInEmptyFolders: false }) };
});

vi.setConfig({ testTimeout: 600_000 });
beforeEach(async () => void vi.stubEnv("TMPDIR", await quickestPlace()));

const place = vi.hoisted(() => ({}) as { bucket: Bucket; mount: Mount });
const made = new Map<string, string>();
const seen = { points: 0 };
afterAll(() => console.log(`every call: ${seen.points} points, each with a restart and a rebuild`));

const make = (prompt: string) =>
  gallery.makeGeneration("alice", generationRequestSchema.parse({ prompt }), {
    signal: new AbortController().signal,
    onProgress: () => {},
  });

const share = ({ id }: Generation) => createShare("alice", "alice-name", newShareSchema.parse({ picture: id }));

type Kept = Generation | Pick<Collection, "id" | "title"> | Pick<Share, "id" | "path">;
type Begun = {
  kept: Generation;
  inTrash: Generation;
  collection: Collection;
  link: Share;
  before: Map<string, Kept>;
  /** What lies in the bucket and on the local disk then. */
  objects: Map<string, Uint8Array>;
  cacheDir: string;
};

async function begin(mode: MountMode): Promise<Begun> {
  place.bucket = simulatedBucket();
  place.mount = place.bucket.mount(mode);
  const { cacheDir } = await install();
  generateWith(makeKnownImage);
  const [kept, trashed] = [await make("kept"), await make("in the trash")];
  const inTrash = await gallery.trashGeneration("alice", trashed.id);
  const collection = await createCollection("alice", "begun before");
  await gallery.markGeneration("alice", kept.id, { collections: { [collection.id]: true } });
  const link = await share(kept);
  // What lies in one folder is listed by one call: in folders of their own, these give the same points every time.
  const folders = new Set([kept, trashed, collection, link].map(({ id }) => shardOf(id)));
  if (folders.size < 4) return begin(mode);
  await untilSaved();
  const before = await everything();
  const thumbnails = () => readdir(`${cacheDir}/thumbnails`);
  await vi.waitFor(async () => expect((await thumbnails()).sort()).toEqual([kept, trashed].map(({ id }) => `${id}.webp`)));
  await endInPeace();
  return { kept, inTrash, collection, link, before, objects: place.bucket.objects, cacheDir };
}

/** What was begun once, with a process that has just started. */
async function beginAgain({ objects, cacheDir }: Begun, mode: MountMode) {
  place.bucket = simulatedBucket();
  for (const [name, bytes] of objects) place.bucket.objects.set(name, bytes);
  place.mount = place.bucket.mount(mode);
  await installWithCache(cacheDir);
  generateWith(makeKnownImage);
  await openedLibrary();
}

const makeKnownImage: Generator["generate"] = async (request, options) => {
  const image = await makeTinyImage(request, options);
  made.set(request.prompt, sha256(image.bytes));
  return image;
};

/** All items, collections and links by id; each item must be whole, and its image the very bytes that the generator made. */
async function everything(): Promise<Map<string, Kept>> {
  const items = new Map<string, Kept>();
  for (const { id, title } of await listCollections("alice")) items.set(id, { id, title });
  for (const { id, path } of await listShares("alice")) items.set(id, { id, path });
  for (const trashed of [false, true]) {
    const page = await gallery.listGenerations("alice", { trashed });
    expect(page).toMatchObject({ total: page.items.length });
    for (const item of page.items) {
      const { bytes } = await gallery.readImage("alice", item.id, { thumbnail: false });
      expect(sha256(bytes)).toBe(made.get(item.prompt));
      items.set(item.id, item);
    }
  }
  return items;
}

async function afterRestart(mode: MountMode) {
  const before = storage.store;
  // What hangs in a mount that holds work back ends with the mount, which on a Space ends with the app.
  if (mode === "advanced") await before?.settle();
  place.mount.crash();
  restart();
  await gallery.listGenerations("alice");
  await before?.settle();
  place.mount.poll();
  place.mount.forgetMisses();
  restart();
  await untilSaved();
  return everything();
}

/** The outbox is empty: all that was stored is saved. */
const untilSaved = () => vi.waitFor(checkSaved, { timeout: 20_000, interval: 2 });
const checkSaved = async () => expect((await gallery.storageStatus()).backlog).toMatchObject({ objects: 0 });

/** Whether the armed fault has come about, be it only while what was answered already is being saved. */
async function hasStruck() {
  const struck = () => storage.store?.hasStruck() === true;
  await vi.waitFor(() => (struck() ? undefined : checkSaved()), { timeout: 20_000, interval: 2 });
  return struck();
}

async function afterRebuild() {
  place.mount.forgetMisses();
  // A thumbnail may be on its way there.
  await rm(config().cacheDir, { recursive: true, maxRetries: 5, retryDelay: 20 });
  restart();
  return everything();
}

const changes: [string, (begun: Begun) => Promise<unknown>][] = [
  ["making", () => make("new")],
  ["marking", ({ kept }) => gallery.markGeneration("alice", kept.id, { favorite: true, title: "Marked" })],
  ["moving to the trash", ({ kept }) => gallery.trashGeneration("alice", kept.id)],
  ["restoring", ({ inTrash }) => gallery.markGeneration("alice", inTrash.id, { trashed: false })],
  ["erasing", ({ inTrash }) => gallery.eraseGeneration("alice", inTrash.id)],
  ["beginning a collection", () => createCollection("alice", "new")],
  ["renaming a collection", ({ collection }) => changeCollection("alice", collection.id, { title: "renamed" })],
  [
    "taking out of a collection",
    ({ kept, collection }) => gallery.markGeneration("alice", kept.id, { collections: { [collection.id]: false } }),
  ],
  ["sharing", ({ kept }) => share(kept)],
  ["revoking a link", ({ link }) => revokeShare("alice", link.id)],
  ["erasing the account", () => eraseAccount("alice")],
];

/** Storage is asked whether it may be erased: when that fails nothing may happen. */
const orRefused = (error: unknown) => {
  expect(["storage_unavailable", "storage_full"]).toContain((error as Failure).code);
  return "refused" as const;
};

const objectsOf = (id: string) =>
  [...place.bucket.objects.keys()].filter((name) => name.startsWith("o/") && parseObjectName(name)?.id === id);

function checkAcknowledged(name: string, begun: Begun, value: unknown, after: Map<string, Kept>) {
  if (name === "erasing the account") expect(after.size).toBe(0);
  else if (name === "erasing") expect(after.has(begun.inTrash.id)).toBe(false);
  else if (name === "revoking a link") expect(after.has(begun.link.id)).toBe(false);
  else if (name === "sharing") {
    const { id, path } = value as Share;
    expect(after.get(id)).toEqual({ id, path });
  } else if (name.endsWith("ing a collection")) {
    const { id, title } = value as Collection;
    expect(after.get(id)).toEqual({ id, title });
  } else {
    const item = value as Generation;
    expect(after.get(item.id)).toEqual({ ...item, saved: true });
    expect(place.bucket.objects.has(manifestName(item.id))).toBe(true);
  }
}

describe.each(mountModes)("on a bucket mounted in %s mode", (mode) => {
  it.each(changes)("%s", async (name, change) => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const begun = await begin(mode);
    for (const what of faultKinds) {
      for (let call = 1; ; call += 1) {
        await beginAgain(begun, mode);
        storage.store?.arm({ call, what } satisfies Fault);
        const answer = await untilDeath(name === "erasing" ? change(begun).catch(orRefused) : change(begun));
        const isPoint = await hasStruck();
        const after = await afterRestart(mode);
        if (answer === "refused") expect(after).toEqual(begun.before);
        else if (answer !== "died") checkAcknowledged(name, begun, answer, after);
        // Only what was to be changed may differ, and only as a whole.
        const ids = new Set([...begun.before.keys(), ...after.keys()]);
        const differing = [...ids].filter((id) => JSON.stringify(begun.before.get(id)) !== JSON.stringify(after.get(id)));
        expect(differing.length).toBeLessThanOrEqual(name === "erasing the account" ? begun.before.size : 1);
        expect(await afterRebuild()).toEqual(after);
        for (let round = 0; round < 2; round += 1) {
          await sweep();
          place.mount.flush();
        }
        // That a link was revoked is remembered for a while.
        const gone = [...ids].filter((id) => !after.has(id) && !(name === "revoking a link" && id === begun.link.id));
        for (const id of gone) expect(objectsOf(id).filter((object) => begun.before.has(id) && !object.includes(".png"))).toEqual([]);
        if (!isPoint) break;
        seen.points += 1;
      }
    }
  });
});
