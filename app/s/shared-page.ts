import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { excerpt } from "@/components/excerpt";
import { thumbnailWidth } from "@/lib/gallery/generation";
import type { Shared, SharedPicture } from "@/lib/gallery/shared";
import { ownOrigin, pageHeaders } from "@/lib/http/page-headers";
import { escaped, firstLines, frame, tag, tokens, wordmark } from "@/lib/http/plain-page";
import { chooseLanguage } from "@/lib/language/choose";
import { wordsOf } from "@/lib/language/languages";
import type { Words } from "@/lib/language/words";
import { site } from "@/lib/site";

const style = `
${frame}*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
main{max-width:90rem;margin:0 auto;padding:.5rem 1.5rem 4rem}@media(max-width:40rem){main{padding-inline:.75rem}}
h1{font:400 1.5rem/1.25 var(--serif);margin:0 0 .25rem;overflow-wrap:anywhere}p{margin:0}.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.quiet{color:var(--muted);font-size:.875rem}a{color:inherit}
figure{margin:0;display:grid;justify-items:center;gap:1.25rem}.stage{position:relative;max-width:100%;overflow:hidden;border-radius:var(--corner);background:var(--line)}.stage svg{display:block;max-width:100%;width:auto;height:auto;max-height:calc(100dvh - 9rem)}.stage img{position:absolute;inset:0;width:100%;height:100%}
figcaption{display:grid;gap:.75rem;justify-items:start;width:100%;max-width:44rem}.prompt{white-space:pre-wrap;overflow-wrap:anywhere}
ul{list-style:none;display:flex;flex-wrap:wrap;gap:var(--gap);margin:1.25rem 0 0;padding:0;--row:17rem}ul::after{content:"";flex:1000 1 0}@media(max-width:40rem){ul{--row:7.5rem}}
li a,li img{display:block;width:100%;height:100%;border-radius:var(--corner)}li img{object-fit:cover;background:var(--line)}
.more{display:inline-flex;align-items:center;min-height:2.75rem;margin-top:1.5rem;padding:0 1.25rem;border:1px solid var(--line);border-radius:999px;background:var(--sheet);font-size:.875rem;font-weight:500;text-decoration:none}.more:hover{border-color:var(--edge)}
a:focus-visible{outline:2px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 2px var(--accent)}
`;

/** The public page of a link to a collection. */
export function collectionPage(request: NextRequest, token: string, { collection, by, pictures, total, next }: Shared): Response {
  const words = wordsFor(request);
  const { say } = words;
  const title = collection ?? "";
  const ratios = new Map(pictures.map(({ width, height }) => [classOf(width, height), (width / height).toFixed(4)]));
  const rules = [...ratios].map(([name, ratio]) => `.${name}{flex:${ratio} 1 calc(${ratio}*var(--row));aspect-ratio:${ratio}}`);
  const items = pictures.map((picture) => {
    const { width, height } = picture;
    const image = tag("img", { src: thumbnailOf(token, picture), alt: alternative(words, picture), width, height, loading: "lazy" });
    return `${tag("li", { class: classOf(width, height) })}${tag("a", { href: addressOf(token, picture) })}${image}</a></li>`;
  });
  const facts = [escaped(say("pictures", { count: total })), ...(by === null ? [] : [signature(words, by)])].join(" · ");
  const list = `${tag("ul", { "aria-label": say("collections.pictures", { title }) })}${items.join("")}</ul>`;
  const more = next ? `<a class="more" href="/s/${token}?after=${next}">${escaped(say("shared.more"))}</a>` : "";
  const body = `<h1 dir="auto">${escaped(title)}</h1><p class="quiet">${facts}</p>${list}${more}`;
  return page(words, { title, path: `/s/${token}`, preview: previewOf(words, token, pictures[0]), body, rules: rules.join("") });
}

type Within = Pick<Shared, "collection" | "by">;

/** The public page of one picture, alone or in a collection. */
export function picturePage(
  request: NextRequest,
  token: string,
  path: string,
  picture: SharedPicture,
  { collection, by }: Within,
): Response {
  const words = wordsFor(request);
  const { title = null, prompt = null } = picture.words ?? {};
  const caption = [
    title === null ? `<h1 class="unseen">${escaped(words.say("shared.picture"))}</h1>` : `<h1 dir="auto">${escaped(title)}</h1>`,
    prompt === null ? "" : `<p class="prompt" dir="auto">${escaped(prompt)}</p>`,
    by === null ? "" : `<p class="quiet">${signature(words, by)}</p>`,
    collection === null ? "" : `<a class="more" href="/s/${token}"><bdi>${escaped(excerpt(collection))}</bdi></a>`,
  ];
  const { width, height } = picture;
  // As large as the picture will be before a byte of it is there; the thumbnail stands in until all of it has come.
  const image = [
    `${tag("svg", { width, height, "aria-hidden": "true" })}</svg>`,
    tag("img", { src: thumbnailOf(token, picture), alt: "", fetchpriority: "high" }),
    tag("img", { src: imageOf(token, picture), alt: alternative(words, picture), width, height, decoding: "async", fetchpriority: "low" }),
  ].join("");
  const body = `<figure><div class="stage">${image}</div><figcaption>${caption.join("")}</figcaption></figure>`;
  const named = excerpt(title ?? prompt ?? words.say("shared.picture"));
  return page(words, { title: named, path, preview: previewOf(words, token, picture), body });
}

type Page = { title: string; path: string; preview: string; body: string; rules?: string };

function page({ language }: Words, { title, path, preview, body, rules = "" }: Page): Response {
  const nonce = randomBytes(16).toString("base64");
  const address = ownOrigin() + path;
  const about = { "og:type": "website", "og:site_name": site.name, "og:title": title, "og:url": address };
  const head = [
    tag("meta", { name: "robots", content: "noindex" }),
    tag("link", { rel: "canonical", href: address }),
    properties(about),
    preview,
  ];
  const html = `${firstLines(`${title} · ${site.name}`, language, head.join(""))}
<style nonce="${nonce}">${tokens()}${style}${rules}</style></head>
<body>${wordmark}<main>${body}</main></body></html>`;
  return new Response(html, { headers: { ...pageHeaders(nonce), ...ownPolicy(nonce), "content-type": "text/html; charset=utf-8" } });
}

/** Nothing but its own pictures and this one style sheet; framed by nobody; where it leads learns nothing of the address. */
function ownPolicy(nonce: string): Record<string, string> {
  const sources = ["default-src 'none'", "img-src 'self'", `style-src 'nonce-${nonce}'`];
  const policy = [...sources, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"].join("; ");
  return { "content-security-policy": policy, "referrer-policy": "no-referrer", "x-robots-tag": "noindex" };
}

/** In the language of whoever looks, as their browser says; no cookie is asked. */
function wordsFor(request: NextRequest): Words {
  return wordsOf[chooseLanguage(undefined, request.headers.get("accept-language"))];
}

const addressOf = (token: string, { name }: SharedPicture) => `/s/${token}/${name}`;
const imageOf = (token: string, picture: SharedPicture) => `${addressOf(token, picture)}/image`;
const thumbnailOf = (token: string, picture: SharedPicture) => `${imageOf(token, picture)}?width=${thumbnailWidth}`;
const classOf = (width: number, height: number) => `r${width}x${height}`;
const alternative = ({ say }: Words, { words }: SharedPicture) => words?.title ?? words?.prompt ?? say("shared.picture");

/** What others show of the page where the link is posted: the thumbnail, whose size is bounded. */
function previewOf(words: Words, token: string, picture: SharedPicture | undefined): string {
  if (!picture) return "";
  const width = Math.min(picture.width, thumbnailWidth);
  return properties({
    "og:image": ownOrigin() + thumbnailOf(token, picture),
    "og:image:type": "image/webp",
    "og:image:width": width,
    "og:image:height": Math.round((picture.height * width) / picture.width),
    "og:image:alt": excerpt(alternative(words, picture)),
    "twitter:card": "summary_large_image",
  });
}

/** Open Graph, which X reads, too. */
function properties(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([property, content]) => tag("meta", { property, content }))
    .join("");
}

const signature = ({ pieces }: Words, by: string) =>
  pieces<"shared.by", { by: string }>("shared.by", { name: { by } })
    .map((piece) => (typeof piece === "string" ? escaped(piece) : `<bdi>${escaped(piece.by)}</bdi>`))
    .join("");
