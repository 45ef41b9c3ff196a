import { z } from "zod";
import { readImage } from "@/lib/gallery/gallery";
import { thumbnailWidth } from "@/lib/gallery/generation";
import { serveBytes } from "@/lib/http/bytes";
import { parse, privateRoute } from "@/lib/http/route";

const querySchema = z.object({ width: z.coerce.number().int().positive().optional() });

/** The bytes: the original, or with a `width` up to that of thumbnails the thumbnail. */
export const GET = privateRoute<{ id: string }>({ limit: "image" }, async ({ request, person, params }) => {
  const { width } = parse(querySchema, Object.fromEntries(request.nextUrl.searchParams));
  const image = await readImage(person.id, params.id, { thumbnail: width !== undefined && width <= thumbnailWidth });
  return serveBytes(request, image);
});
