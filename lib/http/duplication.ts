import { config } from "@/lib/config";
import type { Key } from "@/lib/language/words";
import { site } from "@/lib/site";

/**
 * How a visitor makes a Space of their own like this one: on a Space the Hub's dialog, elsewhere what there is to read. Null where nobody is
 * invited to.
 */
export function duplication(): { href: string; label: Key } | null {
  const { spaceName } = config();
  if (site.duplicateUrl === null) return null;
  if (spaceName === null) return { href: site.duplicateUrl, label: "frame.duplicating" };
  return { href: `https://huggingface.co/spaces/${spaceName}?duplicate=true`, label: "frame.duplicate" };
}
