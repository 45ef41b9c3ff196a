/** Headers of every page, and its session kept going. Authorization is not here: it sits where data is read. */
import { type NextRequest, NextResponse } from "next/server";
import { renewedCookie } from "@/lib/auth/refresh";
import { Failure } from "@/lib/http/errors";
import { commonHeaders, pageHeaders } from "@/lib/http/page-headers";
import { problemPage } from "@/lib/http/problem-page";
import { failureResponse } from "@/lib/http/route";

const publicFiles = /^\/(?:_next\/static\/|badges\/[^/]+$|wall\/[^/]+$|icon\.svg$|favicon\.ico$)/;
// Whole addresses: what only begins like one of them is a page that says there is nothing here.
const routeHandlers =
  /^\/(?:login|logout|auth\/callback|login\/callback|embedded\/continue|\.well-known\/oauth-cimd|api\/(?:generations(?:\/.*)?|me(?:\/avatar)?|health|ready|status|export|import|account|handoff|auth\/callback\/huggingface))$/;
const notFound = new Failure("not_found");
const notFoundPage = problemPage("Open your gallery", () => "/gallery");

export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  // Next.js answers 500 to an address whose percent-encoding is broken; it is simply not one of ours.
  if (!isDecodable(pathname)) {
    return pathname.startsWith("/api/") ? failureResponse(notFound, null) : notFoundPage(notFound, null, request);
  }
  if (publicFiles.test(pathname)) return answered(commonHeaders());
  // Only the start page is anyone's business.
  const robots: Record<string, string> = pathname === "/" ? {} : { "x-robots-tag": "noindex" };
  // Route handlers write pages of their own, under a policy of their own.
  if (routeHandlers.test(pathname)) return answered({ ...commonHeaders(), ...robots });
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const headers = pageHeaders(nonce);
  // Pages cannot set cookies: what is due is refreshed before they are rendered, and they see the new cookie.
  const renewed = await renewedCookie(request.cookies);
  if (renewed) request.cookies.set(renewed.name, renewed.value);
  const forwarded = new Headers(request.headers);
  // Next.js takes the nonce for its own scripts from this header; our pages read the other.
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  forwarded.set("x-nonce", nonce);
  const response = answered({ ...headers, ...robots }, forwarded);
  if (renewed) response.cookies.set(renewed);
  return response;
}

function answered(headers: Record<string, string>, forwarded?: Headers): NextResponse {
  const response = forwarded ? NextResponse.next({ request: { headers: forwarded } }) : NextResponse.next();
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

export const config = {
  // What is sent to the import may be larger than the 10 MB that a proxy function lets through.
  matcher: ["/((?!api/import$).*)"],
};
