import "server-only";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import { withoutWords } from "@/lib/gallery/label/without";
import { type Library, withLibrary } from "@/lib/gallery/library";
import type { Manifest } from "@/lib/gallery/manifest";
import { readWhole } from "@/lib/gallery/picture-bytes";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";

/** JPEGs that may be waiting to be written anew. */
const mostWaiting = 8;

/**
 * The image of an item without anything that was written into the file.
 * @throws Failure `too_many_requests` when too many others are waited for; and as `readWhole`
 */
export async function readBare(library: Library, manifest: Manifest): Promise<Uint8Array<ArrayBuffer>> {
  const { id, image } = manifest;
  if (image.type !== "image/jpeg") return bareOf(library, manifest);
  return (await library.bareJpegs.read(id)) ?? writtenAnew(manifest);
}

// A JPEG is decoded and encoded, for whoever asks: once for all who want the same, one at a time, and read only then, so that many
// strangers take neither more memory nor more of the processor.
function writtenAnew(manifest: Manifest): Promise<Uint8Array<ArrayBuffer>> {
  const { id } = manifest;
  const waiting = processWide("bare-jpegs", () => new Map<string, Promise<Uint8Array<ArrayBuffer>>>());
  const same = waiting.get(id);
  if (same) return same;
  if (waiting.size >= mostWaiting) throw new Failure("too_many_requests", { retryAfterSeconds: 2 });
  const write = async (library: Library) => {
    const bytes = await bareOf(library, manifest);
    library.bareJpegs.put(id, bytes);
    return bytes;
  };
  const written = inTurn(itemTurns(), "bare jpegs", () => withLibrary(write)).finally(() => waiting.delete(id));
  waiting.set(id, written);
  return written;
}

async function bareOf(library: Library, manifest: Manifest): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await withoutWords(await readWhole(library, manifest), manifest.image.type));
}
