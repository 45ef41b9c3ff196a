import type { HttpClient } from "./http-client.ts";

/** One request as a page of the app makes it: from the app's own origin, with a body of JSON where there is one. */
export function sendJson(client: HttpClient, method: string, address: string, body?: unknown): Promise<Response> {
  const headers = { origin: new URL(address).origin, "content-type": "application/json" };
  return client.request(address, { method, headers, body: JSON.stringify(body) });
}
