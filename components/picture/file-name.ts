import type { Generation } from "@/lib/gallery/generation";

const extensions: Record<Generation["type"], string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

const longest = 48;

/** Name of a downloaded picture: the first words of its prompt and its seed. */
export function fileName({ prompt, seed, type }: Pick<Generation, "prompt" | "seed" | "type">): string {
  let start = "";
  for (const word of prompt.toLocaleLowerCase("en").match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (start.length + word.length > longest) break;
    start += `${word}-`;
  }
  return `${start || "picture-"}${seed}.${extensions[type]}`;
}
