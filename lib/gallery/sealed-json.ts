import { createHash } from "node:crypto";

/** A field that is undefined is not there. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** SHA-256 in lower-case hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** One line of JSON whose last field is the SHA-256 of all others in canonical form, so that a torn or altered file is recognised. */
export function seal(value: { [key: string]: Json | undefined }): Uint8Array {
  const canonical = canonicalJson(value);
  return Buffer.from(`${canonical.slice(0, -1)},"checksum":"${sha256(canonical)}"}\n`);
}

/** The value that was sealed, or null when the bytes are not, or no longer, a sealed value. */
export function unseal(bytes: Uint8Array): { [key: string]: Json } | null {
  try {
    const { checksum, ...value } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as { [key: string]: Json };
    return checksum === sha256(canonicalJson(value)) ? value : null;
  } catch {
    return null;
  }
}

// Keys in the order of their UTF-16 code units, no spaces, numbers and strings as JSON.stringify writes them (RFC 8785).
function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const present = fields.flatMap(([key, field]) => (field === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(field)}`]));
  return `{${present.join(",")}}`;
}
