import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { useWords } from "@/components/language/words-provider";
import type { ImageModel } from "@/lib/gallery/making";
import { changeDraft, type Draft } from "./draft";
import { ModelChoice } from "./model-choice";
import { RangeChoice } from "./range-choice";

export type Payer = { username: string; name: string };

type ModelSettingsProps = { draft: Draft; models: readonly ImageModel[]; model: ImageModel; gone: string | null; payers: readonly Payer[] };

/** The model and what it takes; what it does not take is not there. */
export function ModelSettings({ draft, models, model, gone, payers }: ModelSettingsProps) {
  const { say } = useWords();
  const { steps, guidance } = model;
  return (
    <>
      <div className="flex w-full flex-wrap gap-x-10 gap-y-4">
        <ModelChoice
          models={models}
          chosen={model}
          gone={gone}
          onChoose={(id) => changeDraft({ model: id, steps: null, guidance: null })}
        />
        {payers.length > 0 && <PayerChoice payers={payers} chosen={draft.billTo} />}
      </div>
      {steps && (
        <RangeChoice
          {...{ label: say("prompt.steps"), hint: say("prompt.stepsHint"), least: 1, most: steps.most, step: 1 }}
          value={Math.min(draft.steps ?? steps.usual, steps.most)}
          onChange={(value) => changeDraft({ steps: value })}
        />
      )}
      {guidance && (
        <RangeChoice
          {...{ label: say("prompt.guidance"), hint: say("prompt.guidanceHint"), least: 0, most: guidance.most, step: 0.5 }}
          value={Math.min(draft.guidance ?? guidance.usual, guidance.most)}
          onChange={(value) => changeDraft({ guidance: value })}
        />
      )}
      {model.negativePrompt && <NegativePrompt words={draft.negativePrompt} />}
    </>
  );
}

function NegativePrompt({ words }: { words: string }) {
  const { say } = useWords();
  const id = useId();
  return (
    <div className="w-64 max-w-full grow">
      <label htmlFor={id} className="mb-1.5 block text-small text-muted">
        {say("prompt.negative")}
      </label>
      <input
        id={id}
        dir="auto"
        className="h-11 w-full rounded-full border border-edge bg-sheet px-4 text-base"
        value={words}
        maxLength={1000}
        onChange={(event) => changeDraft({ negativePrompt: event.currentTarget.value })}
      />
    </div>
  );
}

function PayerChoice({ payers, chosen }: { payers: readonly Payer[]; chosen: string | null }) {
  const { say } = useWords();
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-small text-muted">
        {say("prompt.paidBy")}
      </label>
      <div className="relative w-fit max-w-full">
        <select
          id={id}
          className="h-11 appearance-none rounded-full border border-edge bg-sheet pr-10 pl-4 text-base"
          value={payers.some(({ username }) => username === chosen) ? (chosen ?? "") : ""}
          onChange={(event) => changeDraft({ billTo: event.currentTarget.value || null })}
        >
          <option value="">{say("prompt.you")}</option>
          {payers.map(({ username, name }) => (
            <option key={username} value={username}>
              {name}
            </option>
          ))}
        </select>
        <ChevronDown size={16} aria-hidden className="pointer-events-none absolute top-3.5 right-3.5 text-muted" />
      </div>
    </div>
  );
}
