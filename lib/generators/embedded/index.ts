/** The built-in engine: draws with mathematics, the same picture for the same words, seed and size. It is no AI model. */
import { availableParallelism } from "node:os";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { createPool, type Report } from "@/lib/generators/embedded/pool";
import type { Pixels } from "@/lib/generators/embedded/render";
import { engineVersion } from "@/lib/generators/embedded/version";
import type { GeneratedImage, Generator, ImageRequest, Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";

const pool = () =>
  processWide("embedded-pool", () =>
    createPool({
      // Node runs the worker from its source, which lies beside the server in development and in production alike.
      file: path.join(/* turbopackIgnore: true */ process.cwd(), "lib", "generators", "embedded", "worker.ts"),
      // One core is left to the pages.
      threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
      line: 64,
      rest: 60_000,
    }),
  );

export const embedded: Generator = {
  id: "embedded",
  label: "Built-in engine",
  note: "Draws with mathematics; not an AI model",
  unavailable: () => null,
  generate,
};

async function generate(request: ImageRequest, { signal, onProgress }: Parameters<Generator["generate"]>[1]): Promise<GeneratedImage> {
  const { prompt, width, height, seed } = request;
  const previews = createPreviews(onProgress);
  const report = (message: Report) => (message.type === "preview" ? previews.show(message.preview) : onProgress(message));
  try {
    const picture = await pool().run({ prompt, width, height, seed }, { signal, report });
    const bytes = await encodePng(picture);
    signal.throwIfAborted();
    const parameters = { version: engineVersion, style: picture.style, palette: picture.palette };
    return { bytes, type: "image/png", width, height, model: null, parameters };
  } finally {
    previews.end();
  }
}

function image({ height, pixels, width }: Pixels): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha();
}

async function encodePng(picture: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { buffer, byteLength, byteOffset } = await image(picture).png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer();
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  } catch (cause) {
    throw new Failure("generator_failed", { cause });
  }
}

/** Encodes previews in the order in which they came; one that is late when the picture is finished is not shown. */
function createPreviews(onProgress: (progress: Progress) => void): { show(preview: Pixels): void; end(): void } {
  let last = Promise.resolve();
  let ended = false;
  async function encode(preview: Pixels): Promise<void> {
    if (ended) return;
    const webp = await image(preview).webp({ quality: 60, effort: 2 }).toBuffer();
    if (!ended) onProgress({ type: "preview", src: `data:image/webp;base64,${webp.toString("base64")}` });
  }
  return {
    show(preview) {
      // A preview that cannot be encoded is only a preview less; the picture itself reports its own failure.
      last = last.then(() => encode(preview)).catch(() => undefined);
    },
    end() {
      ended = true;
    },
  };
}
