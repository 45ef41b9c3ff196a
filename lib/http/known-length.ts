import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/** What a route handler says instead of Content-Length, which Next.js takes from every answer. */
export const lengthHeader = "x-known-length";

/** From now on, answers that say how long they will be carry a Content-Length (RFC 9110, 8.6), so that a browser can show progress. */
export function sendKnownLengths(): void {
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    const writeHead = response.writeHead;
    response.writeHead = ((...parameters: Parameters<typeof writeHead>) => {
      const length = response.getHeader(lengthHeader);
      if (length !== undefined) {
        response.removeHeader(lengthHeader);
        response.setHeader("content-length", length);
      }
      return writeHead.apply(response, parameters);
    }) as typeof writeHead;
  });
}
