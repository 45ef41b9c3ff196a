/** Answers of the provider's own pages: never framed, never cached, no script, as the Hub sends them. */
import type { IncomingMessage, ServerResponse } from "node:http";

const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
};

export function sendPage(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, pageHeaders).end(text);
}

/** A form of at most 16 kB. @throws RangeError when it is larger */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > 16_384) throw new RangeError("the form is too large");
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
