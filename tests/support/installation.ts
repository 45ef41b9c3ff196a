/**
 * An installation for tests of the gallery: folders of its own, a volume whose faults can be armed, a generator that makes tiny real
 * images. A test file that imports `in-installation` first is in it; one that needs less mocks the modules itself.
 */
import { cp } from "node:fs/promises";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import sharp from "sharp";
import { type ImageType, imageTypes } from "@/lib/gallery/generation";
import type { Library } from "@/lib/gallery/library";
import type { OpenedOutbox } from "@/lib/gallery/outbox/opened";
import type { GeneratedImage, Generator } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import type { ObjectStore } from "@/lib/storage/object-store";
import { type FaultOptions, type FaultyStore, faultyStore } from "@/tests/support/faulty-store";
import { temporaryFolder } from "@/tests/support/temporary-folder";

type Generate = Generator["generate"];

let folders = { dataDir: "", cacheDir: "" };
let generate: Generate | null = makeTinyImage;

/** Whatever a process that is gone had begun has ended after this time, and what it held open can be closed. */
const longestAnswerMs = 5000;

export const storage = { store: null as FaultyStore | null };

export const config = () => ({ ...folders, spaceName: null, gradioSpace: null, s3: null });

export function generatorFor(id = "embedded"): Generator {
  const working = generate;
  if (!working) throw new Failure("generator_unavailable");
  return { id, label: engineName(id), note: "", unavailable: () => null, generate: working };
}

export const engineName = (id: string): string => `The engine ${id}`;

/** Wraps the volume that the library opens, so that faults can be armed on it; a restart opens another one. */
export function wrapVolume(store: ObjectStore, options?: FaultOptions): ObjectStore {
  storage.store = faultyStore(store, options);
  return storage.store;
}

/** A new, empty installation. */
export async function install(): Promise<typeof folders> {
  const folder = await temporaryFolder();
  folders = { dataDir: path.join(folder, "archive"), cacheDir: path.join(folder, "cache") };
  generate = makeTinyImage;
  restart();
  return folders;
}

/** A new installation with a copy of what another, which rests, keeps on local disk. */
export async function installWithCache(cacheDir: string): Promise<void> {
  await install();
  await cp(cacheDir, folders.cacheDir, { recursive: true });
}

/** What a new process does: it knows nothing, and opens everything from what lies on disk. The one before reaches storage no more. */
export function restart(): void {
  const close = leave();
  setTimeout(() => void close(), longestAnswerMs).unref();
}

/** Ends a process that has nothing under way any more: its folders rest from then on. */
export async function endInPeace(): Promise<void> {
  await leave()();
}

/** The process is gone. Returns what closes the databases that it held open. */
function leave(): () => Promise<void> {
  storage.store?.die();
  const { opened, database } = processWide("outbox", () => ({
    opened: null as OpenedOutbox | null,
    database: null as DatabaseSync | null,
  }));
  void opened?.drain.stop(0);
  const { opening } = processWide("library", () => ({ opening: null as Promise<Library> | null }));
  const end = ({ replica, probe, catalog }: Library) => {
    replica.stop();
    probe.stop();
    return catalog;
  };
  const ended = opening?.then(end, () => null);
  for (const name of ["library", "outbox", "places-taken", "item-turns", "id-clock", "imports"])
    Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${name}`));
  return async () => {
    (await ended)?.close();
    database?.close();
  };
}

/** What is answered, unless the process that works on it dies before at a fault of its storage. */
export async function untilDeath<T>(work: Promise<T>): Promise<T | "died"> {
  let isAnswered = false;
  const answer = work.finally(() => {
    isAnswered = true;
  });
  const died = async () => {
    while (!storage.store?.isDead() && !isAnswered) await new Promise((resolve) => setTimeout(resolve, 1));
    return isAnswered ? answer : ("died" as const);
  };
  return Promise.race([answer, died()]);
}

/** Lets another generator work for the rest of the test, or none. */
export function generateWith(other: Generate | null): void {
  generate = other;
}

export async function makeTinyImage(
  { seed, prompt }: { seed: number; prompt: string },
  { signal }: { signal: AbortSignal },
): Promise<GeneratedImage> {
  signal.throwIfAborted();
  const background = { r: seed % 256, g: prompt.length % 256, b: 120 };
  const image = sharp({ create: { width: 8, height: 6, channels: 3, background } });
  const type: ImageType = "image/png";
  const bytes = new Uint8Array(await image.toFormat(imageTypes[type]).toBuffer());
  return { bytes, type, width: 8, height: 6, model: null, parameters: { style: "flat" } };
}
