/** Ways of answering that HTTP servers have. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export function sendJson(response: ServerResponse, status: number, body: object | string): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/html; charset=utf-8" : "application/json" });
  response.end(isText ? body : JSON.stringify(body));
}

/** A file in pieces, so that one can watch it arrive. */
export async function sendSlowly(response: ServerResponse, type: string, bytes: Buffer, paceMs: number): Promise<void> {
  response.writeHead(200, { "content-type": type, "content-length": bytes.length });
  const piece = Math.ceil(bytes.length / 8);
  for (let from = 0; from < bytes.length && !response.destroyed; from += piece) {
    response.write(bytes.subarray(from, from + piece));
    await delay(paceMs / 8);
  }
  response.end();
}

const hundredMegabytes = 100 * 1024 * 1024;

/** As much as a reader takes, of 100 MB; its length is announced only when `announced`. */
export async function sendHuge(response: ServerResponse, type: string, announced: boolean): Promise<void> {
  response.writeHead(200, { "content-type": type, ...(announced && { "content-length": hundredMegabytes }) });
  const piece = Buffer.alloc(256 * 1024, 0x20);
  for (let sent = 0; sent < hundredMegabytes && !response.destroyed; sent += piece.length) {
    if (!response.write(piece)) await Promise.race([new Promise((resolve) => response.once("drain", resolve)), delay(1000)]);
  }
  response.end();
}

export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
