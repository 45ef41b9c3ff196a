import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeNextPath } from "@/lib/auth/next-path";
import { harmless, notOurs } from "@/tests/support/return-addresses";

const base = "https://me-app.hf.space";

describe("the path after signing in", () => {
  it.each([
    "/",
    "/gallery",
    "/gallery/0190c8a4-0000-7000-8000-000000000000",
    "/gallery?q=a%20b&favorite=true#top",
    "/account",
    "/gallery?q=%E2%98%83",
  ])("keeps %s", (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie:x",
    "/\u0000/",
    " /gallery",
    "\t/gallery",
    "/gal lery",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "https:\\\\evil.example",
    "https://me-app.hf.space@evil.example/",
    "https://me-app.hf.space.evil.example",
    "https://evil.example#me-app.hf.space",
    "https://user:pw@me-app.hf.space/x",
    "blob:https://me-app.hf.space/x",
    "javascript:alert(1)",
    "data:text/html,x",
    "@evil.example",
    ".evil.example",
    "?x",
    ":8443",
    "http://",
    "/./\u002e/../\\evil",
    "/..//evil.example",
    "/a/../..//evil.example",
    "/api/auth/signout",
    "/api/generations",
    "/login",
    "/login?next=/login",
    "/logout",
    "/login/callback?code=x",
    "/auth/callback?code=x",
    "",
    null,
    undefined,
    42,
    ["/gallery"],
  ])("refuses %j", (path) => {
    expect(safeNextPath(path, "/fallback")).toBe("/fallback");
  });

  it("refuses and keeps what the corpus of return addresses says", () => {
    for (const path of notOurs(base)) expect(safeNextPath(path, "/fallback"), path).toBe("/fallback");
    for (const [path, end] of harmless) expect(safeNextPath(path, "/fallback"), path).toBe(end);
  });

  it("refuses 64 KiB", () => {
    expect(safeNextPath(`/${"a".repeat(64 * 1024)}`, "/fallback")).toBe("/fallback");
  });

  it("keeps encoded slashes and look-alikes inside a path of our own", () => {
    for (const path of ["/%2f%2fevil", "/%5cevil", "/@evil", "/%0d%0aSet-Cookie:x", "/\uff0f/evil"]) {
      expect(new URL(safeNextPath(path), base).origin).toBe(base);
    }
  });

  it("drops what belongs to a sign-in or to a private Space", () => {
    expect(safeNextPath("/gallery?__sign=secret&q=x&code=1&state=2")).toBe("/gallery?q=x");
  });

  it("never leaves the origin, whatever it is given", () => {
    const hostile = fc.array(
      fc.constantFrom("/", "\\", "\t", "\n", "@", ":", ".", "%2f", "evil.example", "https", "#", "?", "a", "\u3002"),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          hostile.map((parts) => `/${parts.join("")}`),
        ),
        (text) => {
          const url = new URL(safeNextPath(text), base);
          return url.origin === base && !url.username && !url.pathname.startsWith("//");
        },
      ),
      { numRuns: 3000 },
    );
  });
});
