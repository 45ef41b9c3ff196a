import { excerpt } from "@/components/excerpt";
import type { ClientKey, Words } from "@/lib/language/words";

const longest = 40;

/** A title within a sentence: in quotes, and isolated, so that its direction and what it holds of control characters end with it (UAX #9). */
export function quoted({ say }: Words<ClientKey>, title: string): string {
  const isolated = `\u2068${excerpt(title, longest)}\u2069`;
  return say("collections.quoted", { title: isolated });
}
