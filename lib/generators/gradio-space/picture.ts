/** The picture in the answer of an endpoint: a file of the Space, or its bytes in a `data:` URL. */
import { z } from "zod";
import { largestPicture } from "@/lib/generators/elsewhere/body";
import { download } from "@/lib/generators/elsewhere/download";
import type { Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { headersOf, type Visit } from "./ask";
import { isHostOf } from "./space";

const fileSchema = z.object({ path: z.string().nullish(), url: z.string().nullish() });
const inBase64 = /^data:image\/[a-z+.-]+;base64,/;
const deepest = 4;

/** The address of the first file in an answer; galleries and pairs have it further inside. */
function addressIn(value: unknown, root: string, depth = 0): string | null {
  if (typeof value === "string") return inBase64.test(value) ? value : null;
  if (typeof value !== "object" || value === null || depth > deepest) return null;
  const { url, path } = fileSchema.safeParse(value).data ?? {};
  // Behind a proxy some Spaces do not know that they are reached by https.
  if (url) return url.replace(/^http:\/\//, "https://");
  if (path) return `${root}/file=${encodeURI(path)}`;
  for (const part of Object.values(value)) {
    const found = addressIn(part, root, depth + 1);
    if (found) return found;
  }
  return null;
}

/**
 * The bytes of the picture that an endpoint answered with.
 * @throws Failure `model_nonsense` when there is none, or when it lies anywhere but at the Space; `model_oversized`, `space_down`
 */
export async function pictureIn(
  answer: unknown[],
  at: { root: string; origin: string },
  options: Visit & { onProgress: (progress: Progress) => void; pauseMs: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const address = addressIn(answer, at.root);
  if (!address) throw new Failure("model_nonsense", { cause: new Error("the Space answered without a picture") });
  if (inBase64.test(address)) return bytesIn(address);
  const isExpected = (hostname: string) => isHostOf(at.origin, hostname);
  try {
    return await download(address, { ...options, name: "the Space", isExpected, headers: headersOf(options) });
  } catch (error) {
    throw error instanceof Failure && error.code === "model_down" ? new Failure("space_down", { cause: error.cause }) : error;
  }
}

function bytesIn(address: string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(Buffer.from(address.slice(address.indexOf(",") + 1), "base64"));
  if (bytes.length > largestPicture) throw new Failure("model_oversized", { cause: new Error(`${bytes.length} bytes`) });
  return bytes;
}
