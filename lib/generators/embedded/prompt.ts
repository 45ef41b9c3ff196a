/** From words to a plan: which style, which palette, which mood. Any text gives one, and always the same. */
import { type PaletteName, paletteNames } from "./palettes.ts";
import { createRandom, hashText, scramble } from "./random.ts";
import { favourites, type StyleName, styleNames } from "./styles/index.ts";
import { moodWords, paletteWords, styleWords } from "./vocabulary.ts";

export type Time = "night" | "dusk" | "day";

export type Mood = {
  time: Time;
  /** 0 is calm, 1 is storm. */
  energy: number;
  /** How thick the air is, 0 to 1. */
  mist: number;
  snow: boolean;
  rain: boolean;
  /** What the words ask for in the sky; null where they leave it open. */
  orb: "moon" | "sun" | null;
  water: boolean;
};

export type Plan = { style: StyleName; palette: PaletteName; mood: Mood; seed: number };

type Place = { weight: number; position: number };

/** What a picture of this prompt and seed will be. */
export function planPicture(prompt: string, seed: number): Plan {
  const words = wordsOf(prompt);
  const hash = hashText(words.join(" ") || prompt.trim());
  const style = best(words, styleIndex) ?? (styleNames[hash % styleNames.length] as StyleName);
  // What the words leave open, the seed decides: a variation may come in other colours, never in another style.
  const random = createRandom(scramble(hash ^ scramble(seed)));
  const asked = best(words, paletteIndex);
  const palette = asked ?? random.pick(favourites[style]);
  return { style, palette, mood: moodOf(words, palette, random.next()), seed: Math.floor(random.next() * 4294967296) };
}

/** Words in lower case without accents: letters and digits of any script. */
export function wordsOf(prompt: string): string[] {
  return (
    prompt
      .normalize("NFKD")
      .replace(/\p{Mark}/gu, "")
      .toLowerCase()
      .replace(/ß/g, "ss")
      .match(/[\p{Letter}\p{Number}]+/gu) ?? []
  );
}

function moodOf(words: readonly string[], palette: PaletteName, chance: number): Mood {
  const has = (name: keyof typeof moodWords) => words.some((word) => forms(word).some((form) => moodIndex.get(name)?.has(form)));
  const dark: readonly PaletteName[] = ["midnight", "neon", "boreal"];
  const open: Time = dark.includes(palette) ? "night" : chance < 0.5 ? "dusk" : chance < 0.85 ? "day" : "night";
  const orb = has("moon") ? "moon" : has("sun") ? "sun" : null;
  const named: Time | null = has("night") ? "night" : has("dusk") ? "dusk" : has("day") ? "day" : null;
  return {
    time: named ?? (orb === "sun" && open === "night" ? "dusk" : open),
    energy: has("storm") ? 1 : has("calm") ? 0.1 : 0.45,
    mist: has("mist") ? 1 : has("storm") ? 0.6 : 0.35,
    snow: has("snow"),
    rain: has("rain"),
    orb,
    water: has("water"),
  };
}

/** The forms under which a word may stand in the vocabulary: itself and without the endings of a plural. */
function forms(word: string): string[] {
  return [word, word.replace(/s$/, ""), word.replace(/(?:es|en|n|e)$/, "")];
}

/** The name with the most weight among the words; of equals the one that is named first. */
function best<Name extends string>(words: readonly string[], index: ReadonlyMap<string, readonly [Name, number][]>): Name | null {
  const found = new Map<Name, Place>();
  for (const [position, word] of words.entries()) {
    const entries =
      forms(word)
        .map((form) => index.get(form))
        .find((entry) => entry !== undefined) ?? [];
    for (const [name, weight] of entries) {
      const place = found.get(name);
      found.set(name, { weight: (place?.weight ?? 0) + weight, position: place?.position ?? position });
    }
  }
  const ranked = [...found].sort(([, a], [, b]) => b.weight - a.weight || a.position - b.position);
  return ranked[0]?.[0] ?? null;
}

function indexOf<Name extends string>(names: readonly Name[], vocabulary: Record<Name, string>): Map<string, [Name, number][]> {
  const index = new Map<string, [Name, number][]>();
  for (const name of names) {
    let weight = 1;
    for (const token of vocabulary[name].split(/\s+/)) {
      if (/^\d:$/.test(token)) weight = Number.parseInt(token, 10);
      else index.set(token, [...(index.get(token) ?? []), [name, weight]]);
    }
  }
  return index;
}

const styleIndex = indexOf(styleNames, styleWords);
const paletteIndex = indexOf(paletteNames, paletteWords);
const moodIndex = new Map<string, ReadonlySet<string>>(Object.entries(moodWords).map(([name, words]) => [name, new Set(words.split(" "))]));
