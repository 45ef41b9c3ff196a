import { Failure } from "@/lib/http/errors";

/** No picture that we keep is larger; in base64 it is a third more, and the words around it. */
export const largestPicture = 32 * 1024 * 1024;
const largestAnswer = Math.ceil((largestPicture * 4) / 3) + 64 * 1024;

/**
 * A body up to the cap, counted as it arrives. A length that is announced larger is not read at all.
 * @throws Failure `model_oversized`, and what reading throws when the connection breaks
 */
export async function readCapped(
  answer: Response,
  { most = largestAnswer, onBytes }: { most?: number; onBytes?: (bytes: number, total: number | null) => void } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(answer.headers.get("content-length") ?? Number.NaN);
  const total = Number.isFinite(announced) && !answer.headers.has("content-encoding") ? announced : null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    if (total !== null && total > most) throw new Failure("model_oversized", { cause: new Error(`${total} bytes announced`) });
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > most) throw new Failure("model_oversized", { cause: new Error(`more than ${most} bytes`) });
      chunks.push(chunk);
      onBytes?.(bytes, total);
    }
  } catch (error) {
    await answer.body?.cancel().catch(() => undefined);
    throw error;
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
