import { readImage } from "@/lib/gallery/gallery";
import { imageTypes, thumbnailWidth } from "@/lib/gallery/generation";
import { serveBytes } from "@/lib/http/bytes";
import { privateRoute } from "@/lib/http/route";

/** The bytes: the original, or with a `width` up to that of thumbnails the thumbnail. */
export const GET = privateRoute<{ id: string }>({ limit: "image" }, async ({ request, person, params }) => {
  const width = Number(request.nextUrl.searchParams.get("width") ?? Number.POSITIVE_INFINITY);
  const image = await readImage(person.id, params.id, { thumbnail: width <= thumbnailWidth });
  return serveBytes(request, { ...image, filename: `keepsake-${params.id}.${imageTypes[image.type]}` });
});
