/** Which of the offered languages a person gets. */
import { site, type texts } from "@/lib/site";

/** There are texts and messages in it. */
export type Language = keyof typeof texts;

/** Those that this installation offers; the first is for whoever understands none of them. */
export const languages: readonly Language[] = site.languages;

/**
 * The language that was chosen, if it is still offered; else the best of those that the browser accepts (RFC 9110, 12.5.4), where
 * `de-AT` is content with `de`; else the first.
 */
export function chooseLanguage(chosen: string | undefined, accepted: string | null): Language {
  const ranges = (accepted ?? "").split(",", 20).flatMap((part) => {
    const [, tag, quality = "1"] = /^\s*([A-Za-z]{1,8}|\*)(?:-[\w-]*)?\s*(?:;\s*q\s*=\s*(\d(?:\.\d{0,3})?)\s*)?$/.exec(part) ?? [];
    return tag && Number(quality) > 0 ? [{ tag: tag.toLowerCase(), quality: Number(quality) }] : [];
  });
  const wanted = ranges.sort((a, b) => b.quality - a.quality).map(({ tag }) => tag);
  const offered = (name: string | undefined) => languages.find((language) => language === name);
  return [chosen, ...wanted].map(offered).find((language) => language !== undefined) ?? languages[0] ?? "en";
}
