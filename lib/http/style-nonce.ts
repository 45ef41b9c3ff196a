import "server-only";
import { headers } from "next/headers";

/** What a style in the head of a document must carry: it is rendered with the document alone. */
export async function documentNonce(): Promise<string | undefined> {
  return (await headers()).get("x-nonce") ?? undefined;
}

/** What a style of a page must carry; undefined when a script asks for the page, whose document has another nonce. */
export async function styleNonce(): Promise<string | undefined> {
  return (await headers()).get("sec-fetch-dest") === "empty" ? undefined : documentNonce();
}
