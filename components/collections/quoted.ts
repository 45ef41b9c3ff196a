import { excerpt } from "@/components/excerpt";

const longest = 40;

/** A title within a sentence: in quotes, and isolated, so that its direction and what it holds of control characters end with it (UAX #9). */
export function quoted(title: string): string {
  return `“\u2068${excerpt(title, longest)}\u2069”`;
}
