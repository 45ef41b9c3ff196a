import "server-only";
import sharp from "sharp";
import { config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";

const deadlineMs = 5000;
const largestBytes = 2 * 1024 * 1024;
const pixels = 96;
const mostKept = 500;

/**
 * A person's picture as a small WebP of our own making, kept in memory. Pages load nothing from elsewhere, and what elsewhere sends
 * reaches no browser: it is decoded and drawn anew.
 * @param pictureUrl the `picture` claim; only the provider's host and Hugging Face's own are asked
 * @throws Failure `not_found` when there is no such picture to be had
 */
export async function readAvatar(pictureUrl: string | null): Promise<Uint8Array<ArrayBuffer>> {
  if (!pictureUrl || !isAllowed(new URL(pictureUrl))) throw new Failure("not_found");
  const kept = processWide("avatars", () => new Map<string, Promise<Uint8Array<ArrayBuffer>>>());
  const known = kept.get(pictureUrl);
  if (known) return known;
  const drawing = draw(pictureUrl);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? "");
  kept.set(pictureUrl, drawing);
  drawing.catch(() => kept.delete(pictureUrl));
  return drawing;
}

function isAllowed({ protocol, hostname, host }: URL): boolean {
  const issuer = new URL(config().oauth?.issuer ?? "https://huggingface.co");
  if (host === issuer.host) return protocol === issuer.protocol;
  return protocol === "https:" && (hostname === "huggingface.co" || hostname.endsWith(".huggingface.co"));
}

async function draw(address: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(deadlineMs) });
    if (!answer.ok) throw new Error(`the picture answered ${answer.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.byteLength;
      if (size > largestBytes) throw new Error("the picture is too large");
      chunks.push(chunk);
    }
    const image = sharp(Buffer.concat(chunks), { limitInputPixels: 16_000_000, failOn: "error", pages: 1 });
    return Uint8Array.from(await image.rotate().resize(pixels, pixels, { fit: "cover" }).webp({ quality: 85 }).toBuffer());
  } catch (cause) {
    throw new Failure("not_found", { cause });
  }
}
