"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { type ClientKey, type ClientMessages, type Words, wordsIn } from "@/lib/language/words";

const WordsContext = createContext<Words<ClientKey> | null>(null);

/** `latinDigits` is whether the language is known to write its digits 0 to 9. */
type WordsProviderProps = { language: string; messages: ClientMessages; latinDigits?: boolean; children: ReactNode };

/** Gives the page its language. Give it that as its key: what it was first given stays, however often the server renders the page anew. */
export function WordsProvider({ language, messages, latinDigits, children }: WordsProviderProps) {
  const [words] = useState(() => wordsIn(language, messages, latinDigits));
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** What the page says, in its language. */
export function useWords(): Words<ClientKey> {
  const words = useContext(WordsContext);
  if (!words) throw new Error("useWords needs a WordsProvider");
  return words;
}
