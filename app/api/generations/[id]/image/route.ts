import { z } from "zod";
import { findImage } from "@/lib/gallery/gallery";
import { thumbnailWidth } from "@/lib/gallery/generation";
import { readLabelledImage } from "@/lib/gallery/labelled";
import { isKnown, notModified, serveBytes } from "@/lib/http/bytes";
import { parse, privateRoute } from "@/lib/http/route";

const querySchema = z.object({ width: z.coerce.number().int().positive().optional(), labelled: z.literal("true").optional() });

/** The bytes: the original, with a `width` up to that of thumbnails the thumbnail, or `labelled` with the words that made it. */
export const GET = privateRoute<{ id: string }>({ limit: "image" }, async ({ request, person, params }) => {
  const { width, labelled } = parse(querySchema, Object.fromEntries(request.nextUrl.searchParams));
  if (labelled) return serveBytes(request, await readLabelledImage(person.id, params.id));
  const image = await findImage(person.id, params.id, { thumbnail: width !== undefined && width <= thumbnailWidth });
  return isKnown(request, image.etag) ? notModified(image) : serveBytes(request, { ...image, bytes: await image.read() });
});
