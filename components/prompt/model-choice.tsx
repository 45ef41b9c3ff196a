import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { useWords } from "@/components/language/words-provider";
import { nameOfModel } from "@/components/making/next-steps";
import type { ImageModel } from "@/lib/gallery/generation";
import type { ClientKey, Words } from "@/lib/language/words";

type ModelChoiceProps = { models: readonly ImageModel[]; chosen: ImageModel; onChoose: (id: string) => void };

/** The model, and in one line what is known about it. */
export function ModelChoice({ models, chosen, onChoose }: ModelChoiceProps) {
  const words = useWords();
  const { say } = words;
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-small text-muted">
        {say("prompt.model")}
      </label>
      <div className="relative w-fit max-w-full">
        <select
          id={id}
          className="h-11 w-full max-w-full appearance-none truncate rounded-full border border-edge bg-sheet pr-10 pl-4 text-base"
          value={chosen.id}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {models.map((model) => (
            <option key={model.id} value={model.id}>
              {nameOfModel(model.id)}
            </option>
          ))}
        </select>
        <ChevronDown size={16} aria-hidden className="pointer-events-none absolute top-3.5 right-3.5 text-muted" />
      </div>
      <p className="mt-1.5 text-small text-muted">
        {factsOf(words, chosen).join(" · ")} ·{" "}
        <a className="quiet-link" href={chosen.page} target="_blank" rel="noopener">
          {chosen.gated ? say("prompt.acceptTerms") : say("prompt.aboutModel")}
        </a>
      </p>
    </div>
  );
}

function factsOf({ number, say }: Words<ClientKey>, { provider, license, price, usualSeconds }: ImageModel): string[] {
  return [
    say("prompt.runBy", { provider }),
    ...(price ? [say("prompt.price", { price: number(price, { style: "currency", currency: "USD", maximumFractionDigits: 4 }) })] : []),
    ...(usualSeconds ? [say("prompt.usually", { seconds: usualSeconds })] : []),
    ...(license && license !== "other" ? [license] : []),
  ];
}
