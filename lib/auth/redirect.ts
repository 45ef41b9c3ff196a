import "server-only";
import { NextResponse } from "next/server";
import { config } from "@/lib/config";

/**
 * 303 to a path of ours, on the canonical origin, or to an absolute address. Kept nowhere, and telling the next page nothing
 * about the address that led there, which may have an authorization code in it (RFC 9700, 4.2).
 */
export function seeOther(destination: string): NextResponse {
  return answer(new URL(destination, config().origin).href);
}

/** The same to a path on the host that was asked, whichever of ours it is: there is the cookie that the answer sets. */
export function seeOtherHere(path: string): NextResponse {
  return answer(path);
}

function answer(location: string): NextResponse {
  return new NextResponse(null, { status: 303, headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" } });
}
