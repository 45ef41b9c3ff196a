/** Where a sign-in or sign-out leads afterwards: a path of this app, whatever was asked for. */

const longest = 2048;
/** What never travels on: the parts of an authorization response, and the pass to a private Space. */
const dropped = ["code", "state", "__sign"];

/**
 * The path with query and fragment when `value` is a same-origin path, else `fallback`.
 * Refused: anything that does not start with one slash, backslashes, control characters and spaces, more than 2,048
 * characters, other origins by any spelling, and the sign-in routes themselves.
 */
export function safeNextPath(value: unknown, fallback = "/gallery"): string {
  if (typeof value !== "string" || value.length > longest) return fallback;
  if (!/^\/(?![/\\])[\u0021-\u005b\u005d-\u007e\u00a1-\uffff]*$/.test(value)) return fallback;
  const base = "https://keepsake.invalid";
  if (!URL.canParse(value, base)) return fallback;
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  if (/^\/(?:api\/|auth\/|login(?:\/|$)|logout(?:\/|$))/.test(url.pathname)) return fallback;
  // Deleting spells the whole query anew, also where there is nothing to delete.
  for (const name of dropped) if (url.searchParams.has(name)) url.searchParams.delete(name);
  return url.pathname + url.search + url.hash;
}
