import "server-only";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { NextRequest } from "next/server";
import { chooseLanguage } from "@/lib/language/choose";
import { languageCookieName } from "@/lib/language/cookie";
import { directionOf, wordsOf } from "@/lib/language/languages";
import { site } from "@/lib/site";
import { describeFailure, type Failure } from "./errors";
import { pageHeaders } from "./page-headers";

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

let kept: string | null = null;

/** The tokens that the app's style sheet has, read from the file that lies beside the server; without it the page is plain. */
function tokens(): string {
  try {
    kept ??= readFileSync(path.join(/* turbopackIgnore: true */ process.cwd(), "app", "tokens.css"), "utf8");
  } catch {
    kept = "";
  }
  return kept;
}

/** The sizes and distances of a message page of the app, without its style sheet. */
const style = `
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
header{display:flex;align-items:center;height:3.5rem;padding:0 1.5rem}@media(max-width:40rem){header{padding:0 .75rem}}
header a{display:flex;align-items:center;gap:.625rem;min-height:2.75rem;font:1.25rem var(--serif);letter-spacing:-.025em;text-decoration:none}
main{max-width:36rem;margin:0 auto;padding:14vh 1.25rem 4rem}h1{font:400 1.5rem/1.25 var(--serif);margin:1.5rem 0 .75rem;text-wrap:balance}p{margin:0;color:var(--muted)}
a{color:inherit}.ways{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:1.5rem;color:var(--ink)}
.ways a{display:inline-flex;align-items:center;min-height:2.75rem;padding:0 1.25rem;border-radius:999px;font-size:.875rem;font-weight:500;text-decoration:none}
.go{background:var(--accent);color:var(--on-accent)}.go:hover{background:var(--accent-strong)}.back{background:var(--sheet);border:1px solid var(--line)}.back:hover{border-color:var(--edge)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--ink);outline-offset:3px}details{margin-top:2rem;color:var(--muted);font-size:.875rem}
.corners{fill:var(--accent)}.edge{fill:none;stroke:var(--edge)}
`;

/** Four corners that hold no picture. */
const missingPicture = `<svg width="88" height="66" viewBox="0 0 88 66" aria-hidden="true"><path class="corners" d="M0 18V0h18zM70 0h18v18zM88 48v18H70zM18 66H0V48z"/><rect class="edge" x="6.5" y="6.5" width="75" height="53" stroke-dasharray="3 4"/></svg>`;

/** What the way forward is called. */
type WayForward = `problem.${"back" | "signIn" | "signInHere" | "tryAgain"}` | "frame.openGallery";

/**
 * A page for failures of routes that people open in a tab and that no React page answers (signing in): a right status,
 * one sentence, a way forward. It depends on nothing that could have failed with them.
 */
export function problemPage(wayForward: WayForward, retryPath: (request: NextRequest) => string) {
  return (failure: Failure, id: string | null, request: NextRequest): Response => {
    const { status, message } = describeFailure(failure.code);
    const language = chooseLanguage(request.cookies.get(languageCookieName)?.value, request.headers.get("accept-language"));
    const { say, sentence } = wordsOf[language];
    const nonce = randomBytes(16).toString("base64");
    const details = id
      ? `<details><summary>${escaped(say("frame.details"))}</summary><p>${escaped(say("problem.errorId", { id }))}</p></details>`
      : "";
    // What happened is the heading; what to do stands under it.
    const [what = "", ...toDo] = sentence(failure.code, message).split(/(?<=\.) /);
    const html = `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(site.name)}</title><link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${nonce}">${tokens()}${style}</style></head>
<body><header><a href="/"><img src="/icon.svg" alt="" width="26" height="26">${escaped(site.name)}</a></header>
<main>${missingPicture}<h1>${escaped(what)}</h1><p>${escaped(toDo.join(" "))}</p><p class="ways"><a class="go" href="${escaped(retryPath(request))}">${escaped(say(wayForward))}</a><a class="back" href="/">${escaped(say("problem.start"))}</a></p>${details}</main></body></html>`;
    return new Response(html, {
      status,
      headers: {
        ...pageHeaders(nonce),
        "content-type": "text/html; charset=utf-8",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
      },
    });
  };
}
