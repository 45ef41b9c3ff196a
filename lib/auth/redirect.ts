import "server-only";
import { NextResponse } from "next/server";
import { config } from "@/lib/config";

/**
 * 303 to a path of ours, on the canonical origin, or to an absolute address. Kept nowhere, and telling the next page nothing
 * about the address that led there, which may have an authorization code in it (RFC 9700, 4.2).
 */
export function seeOther(destination: string): NextResponse {
  const location = new URL(destination, config().origin).href;
  return new NextResponse(null, { status: 303, headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" } });
}
