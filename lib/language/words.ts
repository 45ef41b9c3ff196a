/**
 * Messages as a page says them: with names and numbers in their places, plurals, numbers and sizes as they are written in the language.
 * Pure; shared with the browser, which gets the messages of its own language and none of what only the server says.
 */
import type { en } from "@/lib/messages/en";

type English = typeof en;
export type Key = keyof English;

/** One text for each plural category that the language has (CLDR), of amounts or of places in a line; `{count}` decides. */
type Plural = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string; readonly type?: "ordinal" };

/** Everything that English says, said in another language. */
export type Translation = { readonly [K in Key]: English[K] extends string ? string : Plural };

/** Groups, named by the beginning of a key, that the server alone says. */
export const serverGroups = ["account", "organization", "permission", "problem", "setup", "shared", "status", "title"] as const;

/** What the browser can say. */
export type ClientKey = Exclude<Key, `${(typeof serverGroups)[number]}.${string}`>;
export type ClientMessages = Readonly<Record<string, string | Plural>>;

type TextOf<K extends Key> = English[K] extends string ? English[K] : English[K][keyof English[K]];
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<K extends Key> = NamesIn<TextOf<K>>;

/** What stands in the places of a message; nothing when it has none. */
type Values<K extends Key, Value> = [NamesOf<K>] extends [never] ? [] : [values: Readonly<Record<NamesOf<K>, Value>>];

export type Words<Sayable extends Key = Key> = Readonly<{
  language: string;
  /** A message, with what stands in its places. Numbers are written as the language does. */
  say: <K extends Sayable>(key: K, ...values: Values<K, string | number>) => string;
  /** The same where what stands in a place is an element; the pieces in the order of the language. */
  pieces: <K extends Sayable, Value>(key: K, values: Readonly<Record<NamesOf<K>, Value>>) => (string | Value)[];
  /** The sentence of a failure code; `otherwise` where there is none. */
  sentence: (code: string, otherwise: string) => string;
  /** A message whose key is put together at run time, or null: for what an installation may have added. */
  known: (key: string) => string | null;
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
}>;

const place = /\{(\w+)\}/;

/**
 * The words of a language.
 * @param language a BCP 47 tag
 * @param latinDigits whether it is known to write its digits 0 to 9: small numbers then need no NumberFormat, which costs a page that comes to life
 *   20 ms and more
 */
export function wordsIn(language: string, messages: ClientMessages, latinDigits = false): Words {
  // Made when they are first wanted, and once: a gallery counts a great deal.
  const plain = once(() => new Intl.NumberFormat(language));
  const rules = {
    cardinal: once(() => new Intl.PluralRules(language)),
    ordinal: once(() => new Intl.PluralRules(language, { type: "ordinal" })),
  };
  const isItsDigits = (value: number) => latinDigits && Number.isInteger(value) && value >= 0 && value < 1000;
  const number = (value: number, options?: Intl.NumberFormatOptions) => {
    if (options) return new Intl.NumberFormat(language, options).format(value);
    return isItsDigits(value) ? String(value) : plain().format(value);
  };
  const textOf = (message: string | Plural | undefined, count: unknown): string => {
    if (message === undefined || typeof message === "string") return message ?? "";
    return message[rules[message.type ?? "cardinal"]().select(Number(count))] ?? message.other;
  };
  const written = (value: unknown) => (typeof value === "number" ? number(value) : value);
  const known = (key: string): string | null => {
    const message = messages[key];
    return typeof message === "string" ? message : null;
  };
  const pieces = (key: string, values: Readonly<Record<string, unknown>> = {}): unknown[] =>
    textOf(messages[key], values.count)
      .split(place)
      .map((piece, index) => (index % 2 === 1 ? written(values[piece]) : piece));
  return {
    ...{ language, known, number },
    say: (key, ...[values]) => pieces(key, values).join(""),
    pieces: pieces as Words["pieces"],
    sentence: (code, otherwise) => known(`error.${code}`) ?? otherwise,
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
