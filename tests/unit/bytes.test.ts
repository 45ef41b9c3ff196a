import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { serveBytes } from "@/lib/http/bytes";

const image = { bytes: new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), type: "image/png", etag: "abc" };
const ask = (headers: Record<string, string>, method = "GET") =>
  serveBytes(new NextRequest("http://localhost/x", { headers, method }), image);
const read = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

describe("serving bytes", () => {
  it("answers whole, private, and unsniffable", async () => {
    const response = ask({});
    expect(response.status).toBe(200);
    expect(await read(response)).toEqual([...image.bytes]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": "10",
      "cache-control": "private, no-cache",
      etag: '"abc"',
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });

  it("knows what the browser has", () => {
    for (const tag of ['"abc"', 'W/"abc"', '"zzz", "abc"']) expect(ask({ "if-none-match": tag }).status).toBe(304);
    expect(ask({ "if-none-match": '"zzz"' }).status).toBe(200);
  });

  it.each([
    ["bytes=2-4", 206, [2, 3, 4], "bytes 2-4/10"],
    ["bytes=8-", 206, [8, 9], "bytes 8-9/10"],
    ["bytes=-3", 206, [7, 8, 9], "bytes 7-9/10"],
    ["bytes=5-99", 206, [5, 6, 7, 8, 9], "bytes 5-9/10"],
    ["bytes=-99", 206, [...image.bytes], "bytes 0-9/10"],
    ["bytes=10-", 416, [], "bytes */10"],
    ["bytes=-0", 416, [], "bytes */10"],
    ["bytes=4-2", 200, [...image.bytes], null],
    ["bytes=0-1,4-5", 200, [...image.bytes], null],
    ["items=0-1", 200, [...image.bytes], null],
    ["bytes=-", 200, [...image.bytes], null],
  ])("answers %s with %i", async (range, status, bytes, contentRange) => {
    const response = ask({ range });
    expect(response.status).toBe(status);
    expect(await read(response)).toEqual(bytes);
    expect(response.headers.get("content-range")).toBe(contentRange);
  });

  it("sends everything when the condition of a range no longer holds", () => {
    expect(ask({ range: "bytes=0-1", "if-range": '"old"' }).status).toBe(200);
    expect(ask({ range: "bytes=0-1", "if-range": '"abc"' }).status).toBe(206);
  });
});
