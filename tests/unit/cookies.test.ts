import { expect, test } from "vitest";
import { acceptedSessionCookies, frameCookieName, sessionCookieName } from "@/lib/auth/cookies";

const requests: [name: string, headers: Record<string, string>, isFrames: boolean][] = [
  ["the frame is loaded", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }, true],
  ["the frame fetches", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }, true],
  ["the frame shows a picture", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }, true],
  ["the frame signs out", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }, true],
  ["a page in a tab", { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, false],
  ["our own link in a tab", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, false],
  ["another site's fetch", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }, false],
  ["another Space's fetch", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }, false],
  ["another site's image", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }, false],
  ["another site's object", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "object" }, false],
  ["a browser that does not say", {}, false],
];

test.each(requests)("the frame's cookie when %s", (_name, sent, isFrames) => {
  const headers = new Headers(sent);
  const expected = [sessionCookieName(true), ...(isFrames ? [frameCookieName] : [])];
  expect(acceptedSessionCookies(headers, true)).toEqual(expected);
  expect(acceptedSessionCookies(headers, false)).toEqual([sessionCookieName(false)]);
});
