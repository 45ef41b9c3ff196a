"use client";

import { useState } from "react";
import { useWords } from "@/components/language/words-provider";

const long = 320;

/** The prompt, as the page's heading unless a title is; a long one begins folded, so that what one can do stays within reach. */
export function PromptText({ prompt, isHeading }: { prompt: string; isHeading: boolean }) {
  const { say } = useWords();
  const [whole, setWhole] = useState(false);
  const foldable = prompt.length > long || prompt.split("\n").length > 6;
  const Element = isHeading ? "h1" : "p";
  return (
    <div className="flex flex-col items-start gap-1">
      <Element
        dir="auto"
        className={`w-full leading-relaxed whitespace-pre-wrap wrap-anywhere ${foldable && !whole ? "line-clamp-6" : ""}`}
      >
        {prompt}
      </Element>
      {foldable && (
        <button type="button" aria-expanded={whole} className="quiet-link min-h-11 text-small" onClick={() => setWhole(!whole)}>
          {whole ? say("picture.showLess") : say("picture.showWhole")}
        </button>
      )}
    </div>
  );
}
