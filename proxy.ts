/** What there is and what can be done to it, headers of every page, and its session kept going. Authorization is not here: it sits where data is read. */
import { type NextRequest, NextResponse } from "next/server";
import { renewedCookie } from "@/lib/auth/refresh";
import { Failure } from "@/lib/http/errors";
import { handledMethods, reading } from "@/lib/http/handlers";
import { pageHeaders } from "@/lib/http/page-headers";
import { problemPage } from "@/lib/http/problem-page";
import { isPublicFile } from "@/lib/http/public-files";
import { failureResponse } from "@/lib/http/route";

const page = problemPage("frame.openGallery", () => "/gallery");

export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  const isFile = isPublicFile(pathname);
  const refused = refusal(request, pathname, isFile);
  if (refused) return refused;
  if (isFile) return NextResponse.next();
  // Only the start page is anyone's business.
  const robots: Record<string, string> = pathname === "/" ? {} : { "x-robots-tag": "noindex" };
  // Route handlers write pages of their own, under a policy of their own.
  if (handledMethods(pathname)) return answered(robots);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const headers = pageHeaders(nonce);
  // Pages cannot set cookies: what is due is refreshed before they are rendered, and they see the new cookie.
  const renewed = await renewedCookie(request.cookies, request.headers);
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

/** Answers what is not there, or cannot be done to it, where Next.js would have an answer of its own: 500, or none that says what can. */
function refusal(request: NextRequest, pathname: string, isFile: boolean): Response | null {
  const methods = handledMethods(pathname);
  const isApi = pathname.startsWith("/api/");
  const allowed = methods ?? reading;
  const isThere = isDecodable(pathname) && (methods !== null || !isApi);
  if (isThere && allowed.includes(request.method)) return null;
  const failure = new Failure(isThere ? "method_not_allowed" : "not_found");
  const answer = isApi || isFile ? failureResponse(failure, null) : page(failure, null, request);
  if (isThere) answer.headers.set("allow", allowed.join(", "));
  answer.headers.set("x-robots-tag", "noindex");
  return answer;
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
  matcher: [
    "/((?!api/import$).*)",
    // What is sent to the import may be larger than the 10 MB that a proxy function lets through: what has a body goes past.
    { source: "/api/import", missing: [{ type: "header", key: "content-type" }] },
  ],
};
