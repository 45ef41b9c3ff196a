import "server-only";
import { headers } from "next/headers";

/** What a style of the page that is rendered must carry; undefined when a script asks for it, whose document has another nonce. */
export async function styleNonce(): Promise<string | undefined> {
  const sent = await headers();
  return sent.get("sec-fetch-dest") === "empty" ? undefined : (sent.get("x-nonce") ?? undefined);
}
