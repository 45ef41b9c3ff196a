import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { markerName } from "@/lib/gallery/layout";
import { ObjectCollision, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

const markerSchema = z.object({ version: z.int(), store: z.uuid() });

/** The place is not ours to write to; the message tells its owner why, and what to do. */
export class ForeignPlace extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ForeignPlace";
  }

  // For the same reason as StorageFailure.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ForeignPlace";
  }
}

/**
 * Makes sure that a place is this archive, by the marker that lies there, and returns the archive's own id. An empty place becomes one;
 * what already holds other things, or is not the archive that was used here before, is left alone.
 * @param remembered the id of the archive that was used last, if any: an empty place is then one that is not mounted
 * @throws ForeignPlace, StorageFailure
 */
export async function claimPlace(store: ObjectStore, remembered: string | null): Promise<string> {
  const bytes = (await store.read(markerName)) ?? (await placeMarker(store, remembered));
  const marker = markerSchema.safeParse(parseJson(bytes));
  if (!marker.success) throw new ForeignPlace(`${markerName} cannot be read. Restore it, or choose another folder.`);
  if (marker.data.version !== 1) throw new ForeignPlace("The archive was made by a later version of Keepsake. Update this one.");
  if (remembered !== null && marker.data.store !== remembered) {
    throw new ForeignPlace(
      "This is not the archive that was used here before. Attach the right one, or empty the cache folder to use this one.",
    );
  }
  return marker.data.store;
}

/**
 * Which archive this is, soon: storage that does not tell is taken to hold the one that was used last, so that what is known of it can be
 * shown. Whoever then reads or writes there makes sure first, by `claimPlace`.
 * @throws ForeignPlace; StorageFailure when none was used before
 */
export async function assumePlace(store: ObjectStore, remembered: string | null, withinMs: number): Promise<string> {
  const claiming = claimPlace(store, remembered);
  if (remembered === null) return claiming;
  try {
    return await Promise.race([claiming, delay(withinMs, remembered, { ref: false })]);
  } catch (error) {
    if (error instanceof StorageFailure) return remembered;
    throw error;
  }
}

async function placeMarker(store: ObjectStore, remembered: string | null): Promise<Uint8Array> {
  if (!(await store.isEmpty())) throw new ForeignPlace("The folder holds other things. Choose an empty one.");
  if (remembered !== null) {
    throw new ForeignPlace(
      "The folder is empty, but an archive was used here before. Attach it again, or empty the cache folder to begin a new one.",
    );
  }
  const marker = Buffer.from(`${JSON.stringify({ version: 1, store: randomUUID() })}\n`);
  try {
    await store.publish(markerName, marker);
    return marker;
  } catch (error) {
    if (!(error instanceof ObjectCollision)) throw error;
    // Another process was first: its archive is the one.
    return (await store.read(markerName)) ?? marker;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return null;
  }
}
