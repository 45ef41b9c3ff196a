import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";
import { directionOf } from "@/lib/language/languages";
import { site } from "@/lib/site";

/** Parts of pages that route handlers write themselves: without scripts and without the app's style sheet. */

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** A text as it stands in HTML, also within an attribute. */
export const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

/** The beginning of an element, or all of one that holds nothing; what stands in its attributes is escaped. */
export function tag(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(`${value}`)}"`);
  return `<${name}${written.join("")}>`;
}

let kept: string | null = null;

/** The tokens that the app's style sheet has, read from the file that lies beside the server; without it the page is plain. */
export function tokens(): string {
  try {
    kept ??= readFileSync(path.join(/* turbopackIgnore: true */ process.cwd(), "app", "tokens.css"), "utf8");
  } catch {
    kept = "";
  }
  return kept;
}

/** How its first line looks. */
export const frame = `header{display:flex;align-items:center;height:3.5rem;padding:0 1.5rem}@media(max-width:40rem){header{padding:0 .75rem}}
header a{display:flex;align-items:center;gap:.625rem;min-height:2.75rem;font:1.25rem var(--serif);letter-spacing:-.025em;text-decoration:none}
`;

/** What every page begins with. */
export const firstLines = (title: string, language: string, head = "") =>
  `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><link rel="icon" href="/icon.svg" type="image/svg+xml">${head}`;

/** The way to the start. */
export const wordmark = `<header><a href="/"><img src="/icon.svg" alt="" width="26" height="26">${escaped(site.name)}</a></header>`;
