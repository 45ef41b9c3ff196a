import { NextRequest } from "next/server";
import { expect, test, vi } from "vitest";

const origin = "https://keepsake.example";

/** Chooses German as a form on one of our pages does, opened in a tab or in a frame. */
async function choose(destination: "document" | "iframe"): Promise<Response> {
  vi.stubEnv("APP_URL", origin);
  const { POST } = await import("@/app/language/route");
  const headers = {
    ...{ origin, referer: `${origin}/gallery?q=a`, "content-type": "application/x-www-form-urlencoded" },
    ...{ "sec-fetch-site": "same-origin", "sec-fetch-dest": destination },
  };
  const request = new NextRequest(`${origin}/language`, { method: "POST", headers, body: "language=de" });
  return POST(request, { params: Promise.resolve({}) });
}

test("a language that is chosen in a tab is kept for the whole site, for a year", async () => {
  const answer = await choose("document");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/gallery?q=a"]);
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^keepsake-language=de; Path=\/; /);
  expect(cookie).toMatch(/Max-Age=31536000; Secure; HttpOnly; SameSite=lax$/);
});

test("one that is chosen in the frame is kept for the frame alone, where browsers keep only what is partitioned", async () => {
  const cookie = (await choose("iframe")).headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/Secure; HttpOnly; SameSite=none; Partitioned$/);
});
