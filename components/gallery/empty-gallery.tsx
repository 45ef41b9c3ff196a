"use client";

import { ArrowUpRight } from "lucide-react";
import { useWords } from "@/components/language/words-provider";
import { useMaking } from "@/components/making/making-provider";
import { changeDraft } from "@/components/prompt/draft";
import { useAlive } from "@/components/use-alive";

type EmptyGalleryProps = { size: { width: number; height: number }; examples: readonly string[] };

/** The gallery before its first picture: prompts, each one click from being made. */
export function EmptyGallery({ size, examples }: EmptyGalleryProps) {
  const { say } = useWords();
  const { make } = useMaking();
  const alive = useAlive();
  function tryPrompt(prompt: string) {
    changeDraft({ prompt });
    make({ prompt, width: size.width, height: size.height });
  }
  return (
    <section className="mx-auto flex max-w-3xl flex-col gap-6 px-1 py-10 sm:py-20">
      <div className="flex flex-col gap-2">
        <h1 className="font-serif text-large">{say("gallery.first")}</h1>
        <p className="text-muted">{say("gallery.firstText")}</p>
      </div>
      <ul className="border-t border-line">
        {examples.map((prompt) => (
          <li key={prompt} className="border-b border-line">
            <button
              type="button"
              disabled={!alive}
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
