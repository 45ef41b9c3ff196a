import { useState } from "react";
import { useWords } from "@/components/language/words-provider";

type SeedChoiceProps = { seed: number | null; largest: number; onChoose: (seed: number | null) => void };

/** A new seed for every picture, or a fixed one: the same words with the same seed give the same picture. */
export function SeedChoice({ seed, largest, onChoose }: SeedChoiceProps) {
  const { say } = useWords();
  const [text, setText] = useState(seed === null ? "" : String(seed));
  const shown = seed !== null && Number(text) !== seed ? String(seed) : text;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-small text-muted">{say("prompt.seedLabel")}</legend>
      <div className="flex flex-wrap items-center gap-3">
        <label className="flex min-h-11 items-center gap-2 text-small">
          <input
            type="checkbox"
            className="size-4"
            checked={seed === null}
            onChange={(event) => {
              const fixed = event.currentTarget.checked ? null : Math.floor(Math.random() * (largest + 1));
              setText(fixed === null ? "" : String(fixed));
              onChoose(fixed);
            }}
          />
          {say("prompt.newEachTime")}
        </label>
        {seed !== null && (
          <input
            aria-label={say("prompt.seedLabel")}
            inputMode="numeric"
            className="h-11 w-36 rounded-full border border-edge bg-sheet px-4 text-base tabular-nums"
            value={shown}
            onChange={(event) => {
              const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 10);
              setText(digits);
              onChoose(Math.min(Number(digits), largest));
            }}
          />
        )}
      </div>
    </fieldset>
  );
}
