import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { commonHeaders } from "./page-headers";
import { logOtherAnswers } from "./page-log";

/** What a route handler says instead of Content-Length, which Next.js takes from every answer. */
export const lengthHeader = "x-known-length";

/**
 * Reaches what Next.js answers before anything of ours is asked: its redirects and errors carry the headers of every answer, too,
 * and what it cannot represent is asked in words that it knows.
 */
export function attendEveryAnswer(): void {
  const headers = Object.entries(commonHeaders());
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    for (const [name, value] of headers) response.setHeader(name, value);
    makeRepresentable(request);
    logOtherAnswers(request, response);
    sendKnownLength(response);
  });
}

/** Next.js answers 500 to a method or a target that its Request refuses. */
function makeRepresentable(request: IncomingMessage): void {
  // Nobody here knows the other one either: both are answered 405.
  if (request.method === "TRACE") request.method = "OPTIONS";
  // RFC 9112, 3.2: a target may be a whole address, or an asterisk for the server itself.
  const target = request.url ?? "";
  if (!target.startsWith("/")) {
    const { pathname, search } = new URL(URL.canParse(target) ? target : "http://any.invalid");
    request.url = (pathname || "/") + search;
  }
}

/** An answer that says how long it will be carries a Content-Length (RFC 9110, 8.6), so that a browser can show progress. */
function sendKnownLength(response: ServerResponse): void {
  const writeHead = response.writeHead;
  response.writeHead = ((...parameters: Parameters<typeof writeHead>) => {
    const length = response.getHeader(lengthHeader);
    if (length !== undefined) {
      response.removeHeader(lengthHeader);
      response.setHeader("content-length", length);
    }
    return writeHead.apply(response, parameters);
  }) as typeof writeHead;
}
