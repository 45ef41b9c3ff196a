import { z } from "zod";
import { answerFailure } from "@/app/s/answer-failure";
import { thumbnailWidth } from "@/lib/gallery/generation";
import { findSharedImage } from "@/lib/gallery/shared";
import { isKnown, notModified, serveBytes } from "@/lib/http/bytes";
import { parse, publicRoute } from "@/lib/http/route";

type Params = { token: string; picture: string };

const querySchema = z.object({ width: z.coerce.number().int().positive().optional() });

/** The bytes of a shared picture: the image itself, or with a `width` up to that of thumbnails the thumbnail; never the words in the file. */
export const GET = publicRoute<Params>({ feature: "sharing", limit: "sharedImage", answerFailure }, async ({ request, params }) => {
  const { width } = parse(querySchema, Object.fromEntries(request.nextUrl.searchParams));
  const image = await findSharedImage(params.token, params.picture, { thumbnail: width !== undefined && width <= thumbnailWidth });
  return isKnown(request, image.etag) ? notModified(image) : serveBytes(request, { ...image, bytes: await image.read() });
});
