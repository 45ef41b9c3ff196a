import "server-only";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { isCollection } from "@/lib/gallery/collections";
import { type Generation, thumbnailWidth } from "@/lib/gallery/generation";
import { manifestName } from "@/lib/gallery/layout";
import type { Library } from "@/lib/gallery/library";
import { engineName } from "@/lib/generators";

/** An item as its owner is shown it. */
export function present(library: Library, { manifest, marks }: ArchivedItem): Generation {
  const { owner, id, prompt, generator, model, seed, parameters, createdAt, placeholder, image } = manifest;
  const { favorite, title, trashedAt } = marks;
  const { type, bytes, width, height } = image;
  const imageUrl = `/api/generations/${id}/image`;
  const asMade = { id, prompt, generator, model, width, height, seed, parameters, type, bytes, createdAt, placeholder };
  return {
    ...asMade,
    engine: engineName(generator),
    title,
    favorite,
    trashedAt,
    collections: Object.keys(marks.collections).filter((each) => marks.collections[each] && isCollection(library, owner, each)),
    saved: !library.outbox.has(manifestName(id)),
    imageUrl,
    thumbnailUrl: `${imageUrl}?width=${thumbnailWidth}`,
  };
}
