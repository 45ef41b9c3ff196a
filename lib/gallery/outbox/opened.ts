/** The outbox of this process and what empties it: one of each, however often the library is opened anew. */
import "server-only";
import type { DatabaseSync } from "node:sqlite";
import { config } from "@/lib/config";
import { thingOf } from "@/lib/gallery/layout";
import { claimPlace } from "@/lib/gallery/marker";
import { type Outbox, openOutbox } from "@/lib/gallery/outbox";
import { bytesFolderIn, openOutboxDatabase } from "@/lib/gallery/outbox/database";
import { type Drain, startDrain } from "@/lib/gallery/outbox/drain";
import { processWide } from "@/lib/process-wide";
import type { ObjectStore } from "@/lib/storage/object-store";

export type OpenedOutbox = { archive: string; outbox: Outbox; drain: Drain };

const kept = () => processWide("outbox", () => ({ database: null as DatabaseSync | null, opened: null as OpenedOutbox | null }));

/** `outbox.sqlite` of the settings, for whoever keeps in a table of it what must survive a restart. @throws Error of node:sqlite */
export function outboxDatabase(): DatabaseSync {
  const state = kept();
  state.database ??= openOutboxDatabase(config().cacheDir);
  return state.database;
}

/** The outbox of an archive, which from now on is published to its store. @throws Error of node:sqlite */
export function outboxOf(archive: string, store: ObjectStore): OpenedOutbox {
  const state = kept();
  if (state.opened?.archive === archive) return state.opened;
  void state.opened?.drain.stop(0);
  const outbox = openOutbox(outboxDatabase(), { folder: bytesFolderIn(config().cacheDir), archive, thingOf });
  const drain = startDrain(outbox, store, async () => void (await claimPlace(store, archive)));
  state.opened = { archive, outbox, drain };
  return state.opened;
}

/** Publishes what waits, for at most so many milliseconds, and then nothing more: before the process ends. */
export async function finishOutbox(withinMs: number): Promise<void> {
  await kept().opened?.drain.stop(withinMs);
}
