"use client";

import { useState } from "react";

const long = 320;

/** The prompt as the page's heading; a long one begins folded, so that what one can do stays within reach. */
export function PromptText({ prompt }: { prompt: string }) {
  const [whole, setWhole] = useState(false);
  const foldable = prompt.length > long || prompt.split("\n").length > 6;
  return (
    <div className="flex flex-col items-start gap-1">
      <h1 dir="auto" className={`w-full leading-relaxed whitespace-pre-wrap wrap-anywhere ${foldable && !whole ? "line-clamp-6" : ""}`}>
        {prompt}
      </h1>
      {foldable && (
        <button type="button" aria-expanded={whole} className="quiet-link min-h-11 text-small" onClick={() => setWhole(!whole)}>
          {whole ? "Show less" : "Show the whole prompt"}
        </button>
      )}
    </div>
  );
}
