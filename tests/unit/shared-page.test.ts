/** The pages that links lead to: what they say, what they let in, and how safely they show what people wrote. */
import { NextRequest } from "next/server";
import { expect, it, vi } from "vitest";
import { collectionPage, picturePage } from "@/app/s/shared-page";
import type { SharedPicture } from "@/lib/gallery/shared";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/http/page-headers", async (original) => ({
  ...(await original<typeof import("@/lib/http/page-headers")>()),
  ownOrigin: () => "https://keepsake.example",
  pageHeaders: () => ({ "cache-control": "private, no-store" }),
}));

const token = "T".repeat(32);
const asked = (language = "en") =>
  new NextRequest(`https://keepsake.example/s/${token}`, { headers: { "accept-language": language, cookie: "keepsake.language=de" } });
const picture = (changes: Partial<SharedPicture> = {}): SharedPicture => ({
  ...{ name: "NAME", width: 832, height: 1216, words: { title: null, prompt: `<script>alert("1")</script> & 'more'` } },
  ...changes,
});
const alone = { collection: null, by: null };
const htmlOf = (response: Response) => response.text();

it("has one heading always, and shows what people wrote as they wrote it", async () => {
  const worded = await htmlOf(picturePage(asked(), token, `/s/${token}`, picture(), alone));
  expect(worded).not.toContain("<script");
  expect(worded).toContain(`alt="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;"`);
  expect(worded.match(/<h1/g)).toHaveLength(1);
  expect(worded).toContain('<h1 class="unseen">A shared picture</h1>');
  const titled = await htmlOf(
    picturePage(asked(), token, `/s/${token}`, picture({ words: { title: "‮Höhe", prompt: "p" } }), { collection: "A & B", by: "ada" }),
  );
  expect(titled.match(/<h1/g)).toHaveLength(1);
  expect(titled).toContain('<h1 dir="auto">‮Höhe</h1>');
  expect(titled).toContain("Shared by <bdi>ada</bdi>");
  expect(titled).toContain(`href="/s/${token}"><bdi>A &amp; B</bdi></a>`);
});

it("tells other sites a picture of bounded size, and search engines to stay away", async () => {
  const html = await htmlOf(picturePage(asked(), token, `/s/${token}`, picture({ words: null }), alone));
  for (const part of [
    '<meta name="robots" content="noindex">',
    `<link rel="canonical" href="https://keepsake.example/s/${token}">`,
    `<meta property="og:image" content="https://keepsake.example/s/${token}/NAME/image?width=640">`,
    '<meta property="og:image:width" content="640"><meta property="og:image:height" content="935">',
    '<meta property="og:title" content="A shared picture">',
  ])
    expect(html).toContain(part);
});

it("lets in its own pictures and its one style sheet, which has the look of the app", async () => {
  const response = collectionPage(asked(), token, { ...alone, collection: "Sea", pictures: [picture()], total: 61, next: "NEXT" });
  const policy = response.headers.get("content-security-policy") ?? "";
  const [, nonce = ""] = /style-src 'nonce-([^']+)'/.exec(policy) ?? [];
  expect(policy).toBe(
    `default-src 'none'; img-src 'self'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  const html = await htmlOf(response);
  expect(html).toContain(`<style nonce="${nonce}">`);
  expect(html).toContain("--paper:");
  expect(html).not.toContain(" style=");
  expect(html).toContain(".r832x1216{flex:0.6842 1 calc(0.6842*var(--row));aspect-ratio:0.6842}");
  expect(html).toContain("61 pictures");
  expect(html).toContain(`<a class="more" href="/s/${token}?after=NEXT">More pictures</a>`);
});

it("speaks the language of the browser, and asks no cookie", async () => {
  const empty = { collection: "Meer", by: "ada", pictures: [], total: 0, next: null };
  expect(await htmlOf(collectionPage(asked("de"), token, empty))).toContain("0 Bilder · Geteilt von <bdi>ada</bdi>");
  expect(await htmlOf(collectionPage(asked("en"), token, empty))).toContain('<html lang="en" dir="ltr">');
});
