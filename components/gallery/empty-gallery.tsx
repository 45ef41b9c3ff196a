"use client";

import { ArrowUpRight } from "lucide-react";
import { useMaking } from "@/components/making/making-provider";
import { changeDraft } from "@/components/prompt/draft";
import { site } from "@/lib/site";

/** The gallery before its first picture: three prompts, each one click from being made. */
export function EmptyGallery({ size }: { size: { width: number; height: number } }) {
  const { make } = useMaking();
  function tryPrompt(prompt: string) {
    changeDraft({ prompt });
    make({ prompt, width: size.width, height: size.height });
  }
  return (
    <section className="mx-auto flex max-w-3xl flex-col gap-6 px-1 py-10 sm:py-20">
      <div className="flex flex-col gap-2">
        <h1 className="font-serif text-large">Your first picture</h1>
        <p className="text-muted">Write what you would like to see, or begin with one of these.</p>
      </div>
      <ul className="border-t border-line">
        {site.examplePrompts.slice(0, 3).map((prompt) => (
          <li key={prompt} className="border-b border-line">
            <button
              type="button"
              className="group flex min-h-14 w-full items-center justify-between gap-4 py-3 text-left hover:text-ink"
              onClick={() => tryPrompt(prompt)}
            >
              {prompt}
              <ArrowUpRight
                size={18}
                aria-hidden
                className="shrink-0 text-muted transition-transform group-hover:translate-x-0.5 group-hover:-translate-y-0.5"
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
