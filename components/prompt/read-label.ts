/** Reads the words that made a picture out of its file, in the browser: PNG text, or the user comment of Exif in JPEG and WebP. */
import type { MakingRequest } from "@/components/making/making";

// The decoder that browsers call "latin1" is that of Windows.
const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

/** The text that image tools call `parameters`, or null when the file carries none. */
export function parametersIn(file: Uint8Array): string | null {
  const head = latin1(file.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return textOfPng(file);
  if (head.startsWith("\xff\xd8")) return commentOf(exifOfJpeg(file));
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return commentOf(exifOfWebp(file));
  return null;
}

function textOfPng(file: Uint8Array): string | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 8; at + 12 <= file.length; ) {
    const length = view.getUint32(at);
    const type = latin1(file.subarray(at + 4, at + 8));
    const data = file.subarray(at + 8, at + 8 + length);
    if (type === "tEXt" && latin1(data.subarray(0, 11)) === "parameters\0") return latin1(data.subarray(11));
    // Keyword, uncompressed, without language and translated keyword.
    if (type === "iTXt" && latin1(data.subarray(0, 12)) === "parameters\0\0") {
      const afterLanguage = data.indexOf(0, 13) + 1;
      const start = data.indexOf(0, afterLanguage) + 1;
      return afterLanguage > 0 && start > 0 ? new TextDecoder().decode(data.subarray(start)) : null;
    }
    at += 12 + length;
  }
  return null;
}

function exifOfJpeg(file: Uint8Array): Uint8Array | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda; at += 2 + view.getUint16(at + 2)) {
    const isExif = file[at + 1] === 0xe1 && latin1(file.subarray(at + 4, at + 10)) === "Exif\0\0";
    if (isExif) return file.subarray(at + 10, at + 2 + view.getUint16(at + 2));
  }
  return null;
}

function exifOfWebp(file: Uint8Array): Uint8Array | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 12; at + 8 <= file.length; ) {
    const length = view.getUint32(at + 4, true);
    if (latin1(file.subarray(at, at + 4)) === "EXIF") return file.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  return null;
}

/** The user comment of an Exif block, of whichever byte order. */
function commentOf(exif: Uint8Array | null): string | null {
  try {
    if (!exif) return null;
    const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
    const little = latin1(exif.subarray(0, 2)) === "II";
    const field = (directory: number, tag: number): number | null => {
      for (let index = 0; index < view.getUint16(directory, little); index++) {
        const at = directory + 2 + index * 12;
        if (view.getUint16(at, little) === tag) return at;
      }
      return null;
    };
    const pointer = field(view.getUint32(4, little), 0x8769);
    const comment = pointer === null ? null : field(view.getUint32(pointer + 8, little), 0x9286);
    if (comment === null) return null;
    const start = view.getUint32(comment + 8, little);
    const bytes = exif.subarray(start, start + view.getUint32(comment + 4, little));
    const isUnicode = latin1(bytes.subarray(0, 8)) === "UNICODE\0";
    return new TextDecoder(isUnicode ? (little ? "utf-16le" : "utf-16be") : "utf-8").decode(bytes.subarray(8));
  } catch {
    // Fields that point outside the block: no comment that can be read.
    return null;
  }
}

/** What a `parameters` text asks for; null when it holds no prompt. */
export function requestIn(text: string): Partial<MakingRequest> | null {
  const lines = text.replaceAll("\r\n", "\n").trimEnd().split("\n");
  const last =
    /^(?:\w[\w ]*: [^,]*)(?:, |$)/.test(lines.at(-1) ?? "") && /(?:^|, )(?:Steps|Seed|Size): /.test(lines.at(-1) ?? "")
      ? (lines.pop() ?? "")
      : "";
  const settings = new Map([...last.matchAll(/(?:^|, )([A-Z][\w ]*): ([^,]*)/g)].map(([, name = "", value = ""]) => [name, value.trim()]));
  const negativeAt = lines.findIndex((line) => line.startsWith("Negative prompt: "));
  const prompt = (negativeAt < 0 ? lines : lines.slice(0, negativeAt)).join("\n").trim();
  if (!prompt) return null;
  const number = (name: string) => (Number.isFinite(Number(settings.get(name) || Number.NaN)) ? Number(settings.get(name)) : undefined);
  const [, width, height] = settings.get("Size")?.match(/^(\d+)x(\d+)$/) ?? [];
  const model = settings.get("Model");
  return {
    prompt,
    negativePrompt: negativeAt < 0 ? undefined : lines.slice(negativeAt).join("\n").slice("Negative prompt: ".length).trim() || undefined,
    ...{ steps: number("Steps"), guidance: number("CFG scale"), seed: number("Seed") },
    ...(width && height && { width: Number(width), height: Number(height) }),
    model: model?.includes("/") ? model : undefined,
  };
}
