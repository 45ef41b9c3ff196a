import "server-only";
import type { NextRequest } from "next/server";

export type ServedBytes = { bytes: Uint8Array<ArrayBuffer>; type: string; etag: string };

/** Whether the browser has this already (RFC 9110, 13.1.2): then it need not even be read. */
export function isKnown(request: NextRequest, etag: string): boolean {
  const known = request.headers.get("if-none-match");
  return known?.split(",").some((entry) => entry.trim().replace(/^W\//, "") === `"${etag}"`) ?? false;
}

/** The answer to whoever has it already. */
export function notModified(served: Omit<ServedBytes, "bytes">): Response {
  return new Response(null, { status: 304, headers: headersOf(served) });
}

/**
 * Bytes of one person: revalidated at every use, so that signing out and erasing take effect at once.
 * Conditional and single-range requests as in RFC 9110, sections 13 and 14. The caller has checked whose they are.
 */
export function serveBytes(request: NextRequest, { bytes, ...about }: ServedBytes): Response {
  if (isKnown(request, about.etag)) return notModified(about);
  const headers = headersOf(about);
  const condition = request.headers.get("if-range");
  const range = condition && condition !== `"${about.etag}"` ? null : requestedRange(request.headers.get("range"), bytes.byteLength);
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${bytes.byteLength}`);
    return new Response(null, { status: 416, headers });
  }
  const part = range ? bytes.subarray(range.first, range.last + 1) : bytes;
  if (range) headers.set("content-range", `bytes ${range.first}-${range.last}/${bytes.byteLength}`);
  headers.set("content-length", String(part.byteLength));
  return new Response(request.method === "HEAD" ? null : part, { status: range ? 206 : 200, headers });
}

function headersOf({ type, etag }: Omit<ServedBytes, "bytes">): Headers {
  return new Headers({
    "content-type": type,
    // Without a name: a link that downloads gives its own.
    "content-disposition": "inline",
    "cache-control": "private, no-cache",
    etag: `"${etag}"`,
    vary: "Cookie, Authorization",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
  });
}

/** One byte range; several, or another unit, are answered with everything, which RFC 9110 allows. */
function requestedRange(header: string | null, size: number): { first: number; last: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, from = "", to = ""] = match ?? [];
  if (!match || (from === "" && to === "")) return null;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== "" && to !== "" && Number(to) < Number(from)) return null;
  return first <= last && first < size ? { first, last } : "unsatisfiable";
}
