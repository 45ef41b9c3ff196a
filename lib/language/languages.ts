/** What there is in each language, and how the languages are called and written. */
import { type Language, languages } from "@/lib/language/choose";
import { type ClientMessages, serverGroups, type Translation, type Words, wordsIn } from "@/lib/language/words";
import { de } from "@/lib/messages/de";
import { en } from "@/lib/messages/en";
import { texts } from "@/lib/site";

export const messages: Readonly<Record<Language, Translation>> = { en, de };

/** What the server says in each. */
export const wordsOf: Readonly<Record<Language, Words>> = { en: wordsIn("en", en), de: wordsIn("de", de) };

/** What the browser needs of them. */
export const clientMessages: Readonly<Record<Language, ClientMessages>> = { en: withoutServers(en), de: withoutServers(de) };

function withoutServers(all: Translation): ClientMessages {
  return Object.fromEntries(Object.entries(all).filter(([key]) => !serverGroups.some((group) => key.startsWith(`${group}.`))));
}

type Texts = Readonly<{
  tagline: string;
  landing: { readonly sentence: string; readonly lines: readonly { readonly title: string; readonly text: string }[] };
  examplePrompts: readonly string[];
}>;

/** What this Space promises, in a language. */
export const textsIn = (language: Language): Texts => texts[language];

const rightToLeft = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

export const directionOf = (language: string): "ltr" | "rtl" => (rightToLeft.test(language) ? "rtl" : "ltr");

/** Whether a language writes its digits 0 to 9. */
export const hasLatinDigits = (language: string): boolean =>
  new Intl.NumberFormat(language, { useGrouping: false }).format(1_234_567_890) === "1234567890";

/** The other languages that are offered, each by its own name: "Deutsch". */
export function languagesBeside(current: Language): { language: Language; name: string }[] {
  return languages
    .filter((language) => language !== current)
    .map((language) => ({ language, name: new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language }));
}
