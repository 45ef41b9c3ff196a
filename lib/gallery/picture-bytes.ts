import "server-only";
import type { Library } from "@/lib/gallery/library";
import type { Manifest } from "@/lib/gallery/manifest";
import { sha256 } from "@/lib/gallery/sealed-json";
import { makeThumbnail } from "@/lib/gallery/thumbnail";
import { Failure } from "@/lib/http/errors";

/** The thumbnail of an item, made again when it is missing. @throws as `readWhole` */
export async function readThumbnail(library: Library, manifest: Manifest): Promise<Uint8Array<ArrayBuffer>> {
  const { archive, thumbnails } = library;
  const cached = await thumbnails.read(manifest.id);
  if (cached) return cached;
  const bytes = (await archive.readThumbnail(manifest.id)) ?? (await makeThumbnail(await readWhole(library, manifest)));
  thumbnails.put(manifest.id, bytes);
  return bytes;
}

/** The image of an item. @throws Failure `storage_unavailable` when it is missing or not what was made; StorageFailure */
export async function readWhole({ archive, replica }: Library, { id, image }: Manifest): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await archive.readImage(id, image.type);
  if (bytes && sha256(bytes) === image.sha256) return bytes;
  replica.doubt(id);
  throw new Failure("storage_unavailable", { cause: new Error(`image of ${id} is damaged`) });
}
