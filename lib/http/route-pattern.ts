/** Longer paths belong to no page. */
const mostSegments = 5;

/**
 * An address as the log shows it: parameters by their names, as the folder of the route is named, and left out whatever else is no plain
 * word. Names of pictures and secrets of links may be there in any spelling.
 */
export function patternOf(pathname: string, params: Readonly<Record<string, string>> = {}): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [value, name]));
  const shown = (segment: string) => (/^\.?[a-z-]{0,16}$/.test(segment) ? segment : "[…]");
  const segments = pathname.split("/").slice(0, mostSegments);
  return segments.map((segment) => (names.has(segment) ? `[${names.get(segment)}]` : shown(segment))).join("/");
}
