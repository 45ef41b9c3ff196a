/** Brings pictures back from a file that `exportPictures` wrote, here or on another installation. */
import "server-only";
import type { FileHandle } from "node:fs/promises";
import { bringBack, type Outcome, picturesIn, type Refusal } from "@/lib/gallery/import-picture";
import { receiveUpload } from "@/lib/gallery/import-upload";
import { itemPrefix } from "@/lib/gallery/layout";
import { untilWhole, withLibrary } from "@/lib/gallery/library";
import { bringCollectionBack, collectionsIn } from "@/lib/gallery/packed-collections";
import { BadZip, readDirectory, type ZipMember } from "@/lib/gallery/zip/reader";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";

/** One line of the report. `why` says why a picture was not taken in; `collections` counts those that were. */
export type ImportLine =
  | { type: "picture"; id: string; outcome: Outcome; why: Refusal | null }
  | { type: "done"; counts: Record<Outcome, number>; collections: number }
  | { type: "failed"; error: { code: string; message: string; id: string | null } };

const patienceMs = 2000;
const longestWaitMs = 60_000;

/**
 * Receives a file to local disk, looks at it as a whole, and opens the report: pictures are taken in while it is read. What is here
 * already is left alone, so that doing it twice changes nothing.
 * @throws Failure `import_unreadable`, `import_too_large`, `import_interrupted`, `import_running`, `storage_full`, `storage_unavailable`
 */
export async function importPictures(owner: string, upload: AsyncIterable<Uint8Array>): Promise<AsyncIterable<ImportLine>> {
  const done = begin(owner);
  let file: FileHandle | null = null;
  try {
    // Storage is asked whose an id is, too; but of a collection that was brought back before, the catalog alone knows.
    await withLibrary((library) => untilWhole(library, longestWaitMs));
    file = await receiveUpload(upload);
    const members = await readDirectory(file);
    if (picturesIn(members).length === 0) throw new BadZip("there are no pictures in it");
    return report(owner, file, members, done);
  } catch (error) {
    await file?.close();
    done();
    throw error instanceof BadZip ? new Failure("import_unreadable", { cause: error }) : error;
  }
}

async function* report(owner: string, file: FileHandle, members: readonly ZipMember[], done: () => void): AsyncIterable<ImportLine> {
  const counts = { imported: 0, updated: 0, present: 0, refused: 0 };
  try {
    let collections = 0;
    for (const packed of collectionsIn(members)) {
      if (await withLibrary((library) => bringCollectionBack(library, owner, file, packed))) collections += 1;
    }
    for (const picture of picturesIn(members)) {
      const { outcome, why } = await withLibrary(async (library) => {
        const report = await bringBack(library, owner, file, picture);
        // Storage sets the pace, within reason: the outbox is not meant to hold everything at once.
        await library.outbox.untilGone(library.outbox.names(itemPrefix(picture.id)), patienceMs);
        return report;
      });
      counts[outcome] += 1;
      yield { type: "picture", id: picture.id, outcome, why };
    }
    yield { type: "done", counts, collections };
  } finally {
    await file.close();
    done();
  }
}

// One at a time for each person: a file may be large, and two would do the same work twice.
function begin(owner: string): () => void {
  const running = processWide("imports", () => new Set<string>());
  if (running.has(owner)) throw new Failure("import_running");
  running.add(owner);
  return () => running.delete(owner);
}
