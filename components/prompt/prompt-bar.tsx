"use client";

import { ChevronDown, SlidersHorizontal, Square } from "lucide-react";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";
import { useMaking } from "@/components/making/making-provider";
import { nameOfModel } from "@/components/making/next-steps";
import { useAlive } from "@/components/use-alive";
import { pressOnce } from "@/components/use-keys";
import { AllowNote } from "./allow-note";
import { changeDraft, useDraft } from "./draft";
import { EngineChoice } from "./engine-choice";
import { FromPicture } from "./from-picture";
import { ModelSettings, type Payer } from "./model-settings";
import { PromptField } from "./prompt-field";
import { PromptNote } from "./prompt-note";
import { SeedChoice } from "./seed-choice";
import { ShapeIcon, type Size, SizeChoice } from "./size-choice";
import { type Engines, engineRequest, useEngine } from "./use-engine";

type PromptBarProps = {
  sizes: readonly [Size, ...Size[]];
  longestPrompt: number;
  largestSeed: number;
  engines: Engines;
  /** What the person has allowed, and who may pay for it beside the person. */
  scopes: readonly string[];
  payers: readonly Payer[];
};

/** The one strong element: words, their settings, and the button that makes a picture of them. */
export function PromptBar({ sizes, longestPrompt, largestSeed, engines, scopes, payers }: PromptBarProps) {
  const { known, say } = useWords();
  const draft = useDraft();
  const chosen = useEngine(draft, engines, scopes);
  const { engine, isAllowed, model } = chosen;
  const { jobs, refusal, make, stop } = useMaking();
  const alive = useAlive();
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const bar = useRef<HTMLFormElement>(null);
  const size = sizes.find(({ name }) => name === draft.size) ?? sizes[0];
  const note = known(`engine.${engine.id}.note`) ?? engine.note;
  const running = jobs.filter((job) => job.state.phase !== "failed");

  useBarHeight(bar);

  const onPrompt = useCallback((prompt: string) => {
    changeDraft({ prompt });
    setMissing(false);
  }, []);

  function submit() {
    const prompt = field.current?.value ?? "";
    if (!prompt.trim()) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    if (!isAllowed) {
      bar.current?.querySelector<HTMLElement>("[data-sign-in]")?.focus();
      return;
    }
    const { width, height } = size;
    make({ prompt, width, height, ...(draft.seed !== null && { seed: draft.seed }), ...engineRequest(draft, chosen) });
  }

  function stopAll() {
    for (const job of running) void stop(job.key);
  }

  return (
    <form
      ref={bar}
      aria-label={say("prompt.form")}
      className="prompt-bar z-20 w-full max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:border-t max-sm:border-line max-sm:bg-paper max-sm:px-3 max-sm:pt-2 max-sm:pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:mx-auto sm:max-w-3xl"
      onKeyDown={pressOnce}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="rounded-large border border-edge bg-sheet shadow-lift-small has-[textarea:focus]:border-ink has-[textarea:focus]:outline-3 has-[textarea:focus]:outline-accent">
        <div className="flex items-end gap-2 py-1.5 pr-1.5 pl-4">
          <PromptField ref={field} prompt={draft.prompt} invalid={missing} onChange={onPrompt} onSubmit={submit} />
          {running.length > 1 && (
            <button type="button" className={buttonClass("quiet")} onClick={stopAll}>
              <Square size={12} fill="currentColor" aria-hidden />
              {say("prompt.stopAll")}
            </button>
          )}
          <button type="submit" className={`${buttonClass("primary")} disabled:opacity-100`} disabled={!alive}>
            {say("prompt.make")}
          </button>
        </div>
        {engines.length > 1 && <EngineChoice engines={engines} chosen={engine} onChoose={({ id }) => changeDraft({ engine: id })} />}
        {alive && !isAllowed && <AllowNote />}
        <details
          open={draft.settingsOpen}
          onToggle={(event) => {
            if (event.currentTarget.open !== draft.settingsOpen) changeDraft({ settingsOpen: event.currentTarget.open });
          }}
          className="group/settings border-t border-line"
        >
          <summary className="flex min-h-11 list-none items-center gap-3 rounded-b-large px-4 text-small text-muted hover:bg-wash group-open/settings:rounded-none [&::-webkit-details-marker]:hidden">
            <span className="flex items-center gap-2 font-medium text-ink">
              <SlidersHorizontal size={14} aria-hidden />
              {say("prompt.settings")}
            </span>
            <span className="flex items-center gap-1.5">
              <ShapeIcon size={size} />
              {known(`size.${size.name}`) ?? size.name}
            </span>
            <span className="truncate tabular-nums">
              {draft.seed === null ? say("prompt.newSeed") : say("prompt.seed", { seed: String(draft.seed) })}
            </span>
            <span className="ml-auto truncate max-sm:sr-only">{model ? nameOfModel(model.id) : note}</span>
            <ChevronDown size={16} aria-hidden className="shrink-0 transition-transform group-open/settings:rotate-180 max-sm:ml-auto" />
          </summary>
          <div className="flex flex-wrap gap-x-8 gap-y-4 px-4 pt-3 pb-4 max-sm:max-h-[45dvh] max-sm:overflow-y-auto sm:gap-x-10">
            {model && (
              <ModelSettings
                draft={draft}
                models={chosen.models}
                model={model}
                gone={chosen.gone}
                payers={engine.scope === null ? [] : payers}
              />
            )}
            <SizeChoice sizes={sizes} chosen={size} onChoose={({ name }) => changeDraft({ size: name })} />
            {(model?.seed ?? true) && <SeedChoice seed={draft.seed} largest={largestSeed} onChoose={(seed) => changeDraft({ seed })} />}
            <div className="flex items-end max-sm:w-full">
              <FromPicture sizes={sizes} />
            </div>
            <p className="w-full text-small text-muted sm:hidden">{note}</p>
          </div>
        </details>
      </div>
      <PromptNote missing={missing} length={[...draft.prompt].length} longest={longestPrompt} refusal={refusal} />
    </form>
  );
}

/** On a phone the bar lies over the page's lower edge: what must stay clear of it reads `--bar-height`. */
function useBarHeight(bar: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = bar.current;
    if (!element) return;
    const root = document.documentElement.style;
    const observer = new ResizeObserver(() => {
      const height = `${element.offsetHeight}px`;
      // Setting it looks at all of the page again, so not where the style sheet has guessed it.
      if (getComputedStyle(document.documentElement).getPropertyValue("--bar-height") !== height) root.setProperty("--bar-height", height);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.removeProperty("--bar-height");
    };
  }, [bar]);
}
