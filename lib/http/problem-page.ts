import "server-only";
import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { site } from "@/lib/site";
import { describeFailure, type Failure } from "./errors";
import { pageHeaders } from "./page-headers";

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

/**
 * A page for failures of routes that people open in a tab and that no React page answers (signing in): a right status,
 * one sentence, a way forward. It depends on nothing that could have failed with them.
 */
export function problemPage(retryLabel: string, retryPath: (request: NextRequest) => string) {
  return (failure: Failure, id: string | null, request: NextRequest): Response => {
    const { status, message } = describeFailure(failure.code);
    const nonce = randomBytes(16).toString("base64");
    const details = id ? `<details><summary>Details</summary><p>Error id <code>${escaped(id)}</code></p></details>` : "";
    const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(site.name)}</title><link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${nonce}">
:root{color-scheme:light dark;--paper:oklch(0.985 0.004 85);--ink:oklch(0.24 0.01 75);--muted:oklch(0.48 0.012 75);--accent:#ffd21e}
@media(prefers-color-scheme:dark){:root{--paper:oklch(0.2 0.008 75);--ink:oklch(0.93 0.008 85);--muted:oklch(0.72 0.01 80)}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:30rem;padding:2rem}h1{font:400 1.75rem/1.25 ui-serif,"Iowan Old Style",Georgia,serif;margin:0 0 1.5rem;text-wrap:balance}
a{color:inherit}a.go{display:inline-block;padding:.6rem 1.1rem;border-radius:999px;background:var(--accent);color:#1d1a14;font-weight:600;text-decoration:none;margin-right:1rem}
a:focus-visible,summary:focus-visible{outline:2px solid var(--ink);outline-offset:3px}details{margin-top:2rem;color:var(--muted)}
</style></head>
<body><main><h1>${escaped(message)}</h1><p><a class="go" href="${escaped(retryPath(request))}">${escaped(retryLabel)}</a><a href="/">Back to the start</a></p>${details}</main></body></html>`;
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
