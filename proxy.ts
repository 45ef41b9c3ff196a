/** Headers of every page, and its session kept going. Authorization is not here: it sits where data is read. */
import { type NextRequest, NextResponse } from "next/server";
import { renewedCookie } from "@/lib/auth/refresh";
import { Failure } from "@/lib/http/errors";
import { pageHeaders } from "@/lib/http/page-headers";
import { problemPage } from "@/lib/http/problem-page";
import { failureResponse } from "@/lib/http/route";

const notFound = new Failure("not_found");
const notFoundPage = problemPage("Open your gallery", () => "/gallery");

export async function proxy(request: NextRequest): Promise<Response> {
  // Next.js answers 500 to an address whose percent-encoding is broken; it is simply not one of ours.
  const isApi = request.nextUrl.pathname.startsWith("/api/");
  if (!isDecodable(request.nextUrl.pathname)) return isApi ? failureResponse(notFound, null) : notFoundPage(notFound, null, request);
  if (isApi) return NextResponse.next();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const headers = pageHeaders(nonce);
  // Pages cannot set cookies: what is due is refreshed before they are rendered, and they see the new cookie.
  const renewed = await renewedCookie(request.cookies);
  if (renewed) request.cookies.set(renewed.name, renewed.value);
  const forwarded = new Headers(request.headers);
  // Next.js takes the nonce for its own scripts from this header; our pages read the other.
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  forwarded.set("x-nonce", nonce);
  const response = NextResponse.next({ request: { headers: forwarded } });
  if (renewed) response.cookies.set(renewed);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  // Only the start page is anyone's business.
  if (request.nextUrl.pathname !== "/") response.headers.set("x-robots-tag", "noindex");
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
  // Route handlers set headers of their own; built files and pictures of the start page are public.
  matcher: [
    "/api/generations/:path+",
    "/((?!api/|login|logout|auth/|\\.well-known/|_next/static/|badges/|wall/|icon\\.svg|favicon\\.ico).*)",
  ],
};
