/** The frame of the provider's pages: no script, nothing fetched, light and dark. */
import { html, Markup } from "./html.ts";

const style = `
:root { color-scheme: light dark; --paper: #fbfaf8; --card: #fff; --ink: #1c1a17; --muted: #6a645c; --line: #e4dfd7; --accent: #ffd21e; --focus: #1c1a17; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #191815; --card: #211f1c; --ink: #f3efe8; --muted: #a9a197; --line: #39352f; --focus: #ffd21e; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 24px 16px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 32px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); }
@media (max-width: 30rem) { main { padding: 24px 18px; } }
h1 { margin: 0 0 4px; font: 600 1.55rem/1.2 ui-serif, "Iowan Old Style", Georgia, serif; text-wrap: balance; }
legend { padding: 0; margin: 0 0 12px; font-size: 0.875rem; font-weight: 600; }
p { margin: 0; color: var(--muted); font-size: 0.9375rem; }
.notice { margin: 0 0 20px; font-size: 0.8125rem; }
.problem { margin-top: 12px; color: var(--ink); border-left: 3px solid var(--accent); padding-left: 10px; }
fieldset { margin: 28px 0 0; padding: 0; border: 0; min-width: 0; }
ul { margin: 8px 0 0; padding: 0 0 0 1.1em; font-size: 0.9375rem; }
li { margin: 2px 0; }
code { font: 0.8125rem ui-monospace, monospace; color: var(--muted); }
.person { border: 1px solid var(--line); border-radius: 10px; margin-top: 8px; }
.person:has(> label > input:checked) { border-color: var(--ink); box-shadow: inset 0 0 0 1px var(--ink); }
.person > label { display: flex; align-items: center; gap: 12px; padding: 10px 12px; cursor: pointer; }
.person img, .person .anyone { flex: none; width: 40px; height: 40px; border-radius: 50%; }
.person .anyone { display: grid; place-items: center; border: 1px dashed var(--muted); color: var(--muted); }
.person input[type="radio"] { order: 9; margin: 0 2px 0 auto; width: 18px; height: 18px; accent-color: var(--ink); flex: none; }
.person b { display: block; font-weight: 600; }
.person small { display: block; color: var(--muted); font-size: 0.8125rem; line-height: 1.35; }
.more { display: none; padding: 0 12px 12px 64px; font-size: 0.875rem; }
.person:has(> label > input:checked) .more { display: block; }
.more label { display: flex; gap: 8px; align-items: baseline; }
.more input[type="checkbox"] { accent-color: var(--ink); }
.more input[type="text"] { width: 100%; padding: 8px 10px; border: 1px solid var(--muted); border-radius: 8px; background: var(--paper); color: inherit; font: inherit; font-size: 1rem; }
.actions { display: flex; gap: 10px; margin-top: 28px; }
button { flex: 1; padding: 11px 16px; border: 1px solid var(--line); border-radius: 10px; background: transparent; color: inherit; font: 600 1rem system-ui, sans-serif; cursor: pointer; }
button[value="authorize"] { border-color: var(--accent); background: var(--accent); color: #1c1a17; }
button:hover { border-color: var(--ink); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
`;

/** A whole document around a page's content. */
export function page(title: string, content: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body><main>
<p class="notice">🤗 A stand-in for Hugging Face on your own machine</p>
${content}
</main></body>
</html>`.text;
}

/** A page that says one thing. */
export function messagePage(title: string, sentence: string): string {
  return page(title, html`<h1>${title}</h1><p>${sentence}</p>`);
}
