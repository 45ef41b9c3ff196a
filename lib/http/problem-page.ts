import "server-only";
import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { chooseLanguage } from "@/lib/language/choose";
import { languageCookieName } from "@/lib/language/cookie";
import { wordsOf } from "@/lib/language/languages";
import { site } from "@/lib/site";
import { describeFailure, type Failure } from "./errors";
import { pageHeaders } from "./page-headers";
import { escaped, firstLines, frame, tokens, wordmark } from "./plain-page";

/** The sizes and distances of a message page of the app, without its style sheet. */
const style = `
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
${frame}main{max-width:36rem;margin:0 auto;padding:14vh 1.25rem 4rem}h1{font:400 1.5rem/1.25 var(--serif);margin:1.5rem 0 .75rem;text-wrap:balance}p{margin:0;color:var(--muted)}
a{color:inherit}.ways{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:1.5rem;color:var(--ink)}
.ways a{display:inline-flex;align-items:center;min-height:2.75rem;padding:0 1.25rem;border-radius:999px;font-size:.875rem;font-weight:500;text-decoration:none}
.go{background:var(--accent);color:var(--on-accent)}.go:hover{background:var(--accent-strong)}.back{background:var(--sheet);border:1px solid var(--line)}.back:hover{border-color:var(--edge)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--ink);outline-offset:3px}details{margin-top:2rem;color:var(--muted);font-size:.875rem}
.corners{fill:var(--accent)}.edge{fill:none;stroke:var(--edge)}
`;

/** Four corners that hold no picture. */
const missingPicture = `<svg width="88" height="66" viewBox="0 0 88 66" aria-hidden="true"><path class="corners" d="M0 18V0h18zM70 0h18v18zM88 48v18H70zM18 66H0V48z"/><rect class="edge" x="6.5" y="6.5" width="75" height="53" stroke-dasharray="3 4"/></svg>`;

/** What the way forward is called. */
type WayForward = `problem.${"back" | "signIn" | "signInHere" | "start" | "tryAgain"}` | "frame.openGallery";

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
    const path = retryPath(request);
    const back = path === "/" ? "" : `<a class="back" href="/">${escaped(say("problem.start"))}</a>`;
    const ways = `<a class="go" href="${escaped(path)}">${escaped(say(wayForward))}</a>${back}`;
    // What happened is the heading; what to do stands under it.
    const [what = "", ...toDo] = sentence(failure.code, message).split(/(?<=\.) /);
    const html = `${firstLines(site.name, language)}
<style nonce="${nonce}">${tokens()}${style}</style></head>
<body>${wordmark}
<main>${missingPicture}<h1>${escaped(what)}</h1><p>${escaped(toDo.join(" "))}</p><p class="ways">${ways}</p>${details}</main></body></html>`;
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
