import { describe, expect, it, test } from "vitest";
import { limits } from "@/lib/gallery/generation";
import { mostShares } from "@/lib/gallery/share";
import { failures } from "@/lib/http/errors";
import { chooseLanguage, languages } from "@/lib/language/choose";
import { clientMessages, directionOf, hasLatinDigits, languagesBeside, messages } from "@/lib/language/languages";
import { serverGroups, wordsIn } from "@/lib/language/words";
import { lastResort } from "@/lib/messages/last-resort";
import { site } from "@/lib/site";

type Message = string | Readonly<Record<string, string>>;
const entriesOf = (table: object) => Object.entries(table) as [string, Message][];
const formsOf = (message: Message) =>
  typeof message === "string" ? [message] : Object.entries(message).flatMap(([name, text]) => (name === "type" ? [] : [text]));
const placesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();
const english = entriesOf(messages.en);
const every = Object.entries(messages).flatMap(([language, table]) =>
  entriesOf(table).map(([key, message]) => ({ language, key, message })),
);

test.each(Object.keys(messages))("%s says what English says, with the same things put in", (language) => {
  const table = messages[language as keyof typeof messages] as Readonly<Record<string, Message>>;
  expect(Object.keys(table).sort()).toEqual(english.map(([key]) => key).sort());
  for (const [key, message] of english) {
    const [wanted = ""] = formsOf(message).slice(-1);
    for (const text of formsOf(table[key] ?? "")) expect(placesOf(text), `${language} ${key}`).toEqual(placesOf(wanted));
  }
});

test("what has a plural has one for each category of its language, and no other", () => {
  for (const { language, key, message } of every) {
    if (typeof message === "string") continue;
    const type = message.type === "ordinal" ? "ordinal" : "cardinal";
    const categories = new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories;
    expect(
      Object.keys(message)
        .filter((name) => name !== "type")
        .sort(),
      `${language} ${key}`,
    ).toEqual([...categories].sort());
  }
});

test("messages are words, without markup, stray space or straight quotation marks", () => {
  for (const { language, key, message } of every)
    for (const text of formsOf(message)) expect(text, `${language} ${key}`).toMatch(/^(?! )(?:(?! {2})[^<>&"\n])+(?<! )$/);
});

test("the name of the place stands in lib/site.ts alone", () => {
  for (const { language, key, message } of every)
    for (const text of formsOf(message)) expect(text, `${language} ${key}`).not.toContain(site.name);
});

test("every failure has its sentence, and no sentence is left over", () => {
  const sentences = english.flatMap(([key]) => (key.startsWith("error.") ? [key.slice("error.".length)] : []));
  // The browser itself finds out that no answer came, or none that can be read.
  expect(sentences.sort()).toEqual([...Object.keys(failures), "unreachable", "unreadable"].sort());
});

test("what is said as a last resort is what the languages say", () => {
  expect(Object.keys(lastResort).sort()).toEqual(Object.keys(messages).sort());
  for (const [language, said] of Object.entries(lastResort)) expect(messages[language as keyof typeof messages]).toMatchObject(said);
});

test.each(Object.entries(messages))("%s says the limits that hold", (language, said) => {
  const { number } = wordsIn(language, said);
  expect(said["error.prompt_too_long"]).toContain(` ${number(limits.promptCharacters)} `);
  expect(said["error.title_too_long"]).toContain(` ${number(limits.titleCharacters)} `);
  expect(said["error.too_many_collections"]).toContain(` ${number(limits.collections)} `);
  expect(said["error.too_many_shares"]).toContain(` ${number(mostShares)} `);
  expect(said["error.selection_too_large"]).toContain(` ${number(limits.selection)} `);
  // In a word.
  expect(said["error.too_many_waiting"]).toMatch(/^(?:Four|Vier) /);
  expect(limits.waitingPerPerson).toBe(4);
});

test("the browser gets its own messages and none of the server's", () => {
  const keys = Object.keys(clientMessages.de);
  expect(keys.filter((key) => serverGroups.some((group) => key.startsWith(`${group}.`)))).toEqual([]);
  expect(keys).toContain("gallery.pictures");
  for (const group of serverGroups)
    expect(
      english.some(([key]) => key.startsWith(`${group}.`)),
      group,
    ).toBe(true);
});

describe("words", () => {
  const words = wordsIn("de", messages.de);

  it("puts things where the language has them, numbers as it writes them", () => {
    expect(words.say("pictures", { count: 1204 })).toBe("1.204 Bilder");
    expect(words.say("prompt.seed", { seed: "4294967295" })).toBe("Seed 4294967295");
    expect(words.pieces("frame.signedInAs", { username: 7 }).join("")).toBe("Angemeldet als 7");
  });

  it("writes numbers alike, whether or not it is told how the language writes its digits", () => {
    for (const [language, latin] of [
      ["en", true],
      ["de", true],
      ["fr", true],
      ["hi", true],
      ["fa", false],
      ["bn", false],
    ] as const) {
      expect(hasLatinDigits(language), language).toBe(latin);
      const [told, untold] = [hasLatinDigits(language), false].map((digits) => wordsIn(language, {}, digits));
      for (const value of [0, 7, 45, 999, 1000, 1_204, -3, 0.5, 1e6])
        expect(told?.number(value), `${language} ${value}`).toBe(untold?.number(value));
    }
  });

  it("counts places in a line", () => {
    const places = [2, 3, 4, 11, 21, 22].map((count) => wordsIn("en", messages.en).say("making.position", { count }).split(" ")[0]);
    expect(places).toEqual(["2nd", "3rd", "4th", "11th", "21st", "22nd"]);
  });

  it("falls back on the server's sentence for a code that it does not know", () => {
    expect(words.sentence("signed_out", "You are signed out.")).toMatch(/^Du bist abgemeldet/);
    expect(words.sentence("of_tomorrow", "Said by the server.")).toBe("Said by the server.");
  });
});

test("a language is offered by its own name, and written in its own direction", () => {
  expect(languagesBeside("en")).toEqual([{ language: "de", name: "Deutsch" }]);
  expect(["de", "ar", "he-IL", "fr"].map(directionOf)).toEqual(["ltr", "rtl", "rtl", "ltr"]);
});

describe("the language of a request", () => {
  const [first] = languages;

  it.each([
    [undefined, null, first],
    [undefined, "", first],
    [undefined, "xx, yy;q=0.9", first],
    [undefined, "en-GB,en;q=0.9", "en"],
    ["en", "de", "en"],
    [undefined, "de-AT, en;q=0.9", "de"],
    [undefined, "fr, de;q=0.5, en;q=0.8", "en"],
    [undefined, "DE", "de"],
    ["de", "en", "de"],
    ["xx", "en", "en"],
    [undefined, ";;;q=,,,\u0000", first],
    [undefined, "en;q=0", first],
  ])("chosen %s and accepted %s is %s", (chosen, accepted, language) => {
    expect(chooseLanguage(chosen, accepted)).toBe(language);
  });
});
