import { useEffect, useRef, useState } from "react";
import { useWords } from "@/components/language/words-provider";
import { longestSearch } from "./finding";

type SearchFieldProps = { q: string; onSearch: (q: string) => void };

/** What a quick hand passes through is left out: between one search and the next there is at least this, in ms. The first goes at once. */
const pause = 80;

/** Searches while one types. What the address says is taken over when it changes by other means, such as Back. */
export function SearchField({ q, onSearch }: SearchFieldProps) {
  const { say } = useWords();
  const [text, setText] = useState(q);
  // What was searched for and may not have come back as the address yet: that must not undo what was typed since.
  const sent = useRef([q]);
  const lastSent = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const index = sent.current.lastIndexOf(q);
    if (index === -1) setText(q);
    sent.current = index === -1 ? [q] : sent.current.slice(index);
  }, [q]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === sent.current.at(-1)) return;
    const send = () => {
      lastSent.current = performance.now();
      sent.current.push(wanted);
      onSearch(wanted);
    };
    const wait = lastSent.current + pause - performance.now();
    if (wait <= 0) return send();
    const timer = setTimeout(send, wait);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <input
      type="search"
      aria-label={say("find.searchLabel")}
      placeholder={say("find.search")}
      dir="auto"
      autoComplete="off"
      enterKeyHint="search"
      maxLength={longestSearch}
      value={text}
      onChange={(event) => setText(event.target.value)}
      className="min-h-11 w-full rounded-full border border-edge bg-sheet pr-4 pl-10 placeholder:text-muted [&::-webkit-search-cancel-button]:grayscale"
    />
  );
}
