/** What people read stands in lib/messages and lib/site.ts alone. */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { messages } from "@/lib/language/languages";

const read = (pattern: string | string[]) => globSync(pattern).map((file) => ({ file, source: readFileSync(file, "utf8") }));
/** Reads and writes what image tools write into files: that is in English everywhere. */
const formats = ["components/prompt/read-label.ts"];
const shown = read(["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"]);
const product = [...shown, ...read(["lib/http/*.ts", "lib/language/*.ts", "proxy.ts"])];

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
/** Errors that a programmer reads, and names that stand for themselves. */
const notShown = /\bnew Error\([^)]*\)|className=(?:"[^"]*"|\{`[^`]*`\})|^(?:const \w+ =\s*)?import .*$/gm;
/** A word with a capital followed by another word, a sentence's end, or an attribute that is read out. */
const sentence = /["'`>]\s*(?:\$\{[^}]*\} )?[A-Z][a-z’']+(?:[ ,][^"'`<]*|[.…?!])["'`<]/;
const readOut = /\b(?:aria-label|alt|title|placeholder|label|hint|text|confirmLabel|term)[=:]\s*(?:\{\s*)?["'`][^"'`]*[A-Za-z]{2}/;

const textsIn = (source: string) =>
  withoutComments(source)
    .replace(notShown, "")
    .split("\n")
    .filter((line) => sentence.test(line) || readOut.test(line));

test.each(shown.filter(({ file }) => !formats.includes(file)))("$file has no text of its own", ({ source }) => {
  expect(textsIn(source)).toEqual([]);
});

test.each([
  '<p lang="en">You are signed out.</p>',
  'toast("Prompt copied.")',
  "title={`Signed in as @$" + "{username}.`}",
  '<BarAction label="Compare">',
  'aria-label="Favourite"',
])("a text is noticed: %s", (source) => {
  expect(textsIn(source)).toEqual([source]);
});

test("every message is said somewhere", () => {
  const code = product.map(({ source }) => source).join("\n");
  /** Keys that are put together: `account.role.${role}` says all that begin so. */
  const families = [...code.matchAll(/`([a-z]+(?:\.[\w-]+)*\.)\$\{/g)].map(([, start = ""]) => start);
  const unsaid = Object.keys(messages.en).filter((key) => !code.includes(`"${key}"`) && !families.some((start) => key.startsWith(start)));
  expect(unsaid).toEqual([]);
});
