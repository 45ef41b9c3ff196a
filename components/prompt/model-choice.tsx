import { ChevronDown } from "lucide-react";
import { useId, useRef } from "react";
import { useWords } from "@/components/language/words-provider";
import { nameOfModel } from "@/components/making/next-steps";
import type { ImageModel } from "@/lib/gallery/making";
import { factsOf, ModelMenu, runBy } from "./model-menu";

type ModelChoiceProps = {
  models: readonly ImageModel[];
  chosen: ImageModel;
  /** What was chosen before, when it is not among the models any more. */
  gone: string | null;
  onChoose: (id: string) => void;
};

/** The model, what is known about it, and the way to the others. */
export function ModelChoice({ models, chosen, gone, onChoose }: ModelChoiceProps) {
  const words = useWords();
  const { say } = words;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const name = nameOfModel(chosen.id);
  return (
    <div className="min-w-0">
      <p id={`${id}label`} className="mb-1.5 text-small text-muted">
        {chosen.provider === null ? say("prompt.space") : say("prompt.model")}
      </p>
      {models.length > 1 ? (
        <>
          <button
            ref={button}
            type="button"
            id={`${id}name`}
            aria-labelledby={`${id}label ${id}name`}
            aria-haspopup="dialog"
            popoverTarget={`${id}menu`}
            className="flex h-11 max-w-full items-center gap-2 rounded-full border border-edge bg-sheet pr-3.5 pl-4 text-base hover:border-ink"
          >
            <span className="truncate">{name}</span>
            <ChevronDown size={16} aria-hidden className="shrink-0 text-muted" />
          </button>
          <ModelMenu id={`${id}menu`} models={models} chosen={chosen} onChoose={onChoose} onClosed={() => button.current?.focus()} />
        </>
      ) : (
        <p className="wrap-anywhere">{chosen.provider === null ? chosen.id : name}</p>
      )}
      {gone && <p className="mt-1.5 text-small text-danger">{say("prompt.modelGone", { model: nameOfModel(gone) })}</p>}
      <p className="mt-1.5 text-small text-muted">
        {[runBy(words, chosen), ...factsOf(words, chosen)].join(" · ")} ·{" "}
        <a className="quiet-link" href={chosen.page} target="_blank" rel="noopener">
          {chosen.gated ? say("prompt.acceptTerms") : say("prompt.aboutModel")}
        </a>
      </p>
    </div>
  );
}
