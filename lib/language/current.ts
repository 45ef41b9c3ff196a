import "server-only";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { chooseLanguage, type Language } from "@/lib/language/choose";
import { languageCookieName } from "@/lib/language/cookie";
import { textsIn, wordsOf } from "@/lib/language/languages";
import type { Key, Words } from "@/lib/language/words";

/** The language of this request. */
export const currentLanguage = cache(async (): Promise<Language> => {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return chooseLanguage(jar.get(languageCookieName)?.value, sent.get("accept-language"));
});

/** The words of this request's language. */
export const currentWords = async (): Promise<Words> => wordsOf[await currentLanguage()];

/** What this Space promises, in this request's language. */
export const currentTexts = async () => textsIn(await currentLanguage());

/** For `generateMetadata`: the title of a page that has the same one for everybody. */
export function titled(key: Extract<Key, `title.${string}`>): () => Promise<Metadata> {
  return async () => ({ title: (await currentWords()).say(key) });
}
