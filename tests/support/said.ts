/** What a page says: its texts, and what assistive technology reads of it. */
import type { Page } from "@playwright/test";
import { de } from "../../lib/messages/de.ts";
import { en } from "../../lib/messages/en.ts";

type Message = string | Readonly<Record<string, string>>;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const patternOf = (text: string) =>
  new RegExp(
    `^${text
      .split(/\{\w+\}/)
      .map(escaped)
      .join(".+")}$`,
    "su",
  );

function patternsOf(messages: object): RegExp[] {
  const forms = Object.values(messages).flatMap((message: Message) => (typeof message === "string" ? [message] : Object.values(message)));
  // A message that is nothing but what is put into it says nothing itself.
  return forms.filter((text) => /\p{L}/u.test(text.replace(/\{\w+\}/g, ""))).map(patternOf);
}

const [english, german] = [patternsOf(en), patternsOf(de)];

/** Every text of the page by itself, the hidden ones, too, and every attribute that is read out. */
export function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim();
      if (text && !walker.currentNode.parentElement?.closest("script, style, [lang]:not(html)")) texts.push(text);
    }
    for (const element of document.querySelectorAll("body *"))
      for (const name of ["aria-label", "alt", "title", "placeholder"]) {
        const text = element.getAttribute(name)?.trim();
        if (text) texts.push(text);
      }
    return texts;
  });
}

/** Those of the texts that are English messages and no German ones. */
export function englishAmong(texts: readonly string[]): string[] {
  const matches = (patterns: readonly RegExp[], text: string) => patterns.some((pattern) => pattern.test(text));
  return texts.filter((text) => matches(english, text) && !matches(german, text));
}
