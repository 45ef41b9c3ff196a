import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { nameOfModel } from "@/components/making/next-steps";
import type { ImageModel } from "@/lib/gallery/generation";

type ModelChoiceProps = { models: readonly ImageModel[]; chosen: ImageModel; onChoose: (id: string) => void };

/** The model, and in one line what is known about it. */
export function ModelChoice({ models, chosen, onChoose }: ModelChoiceProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-small text-muted">
        Model
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
        {factsOf(chosen).join(" · ")} ·{" "}
        <a className="quiet-link" href={chosen.page} target="_blank" rel="noopener">
          {chosen.gated ? "Accept its terms" : "About it"}
        </a>
      </p>
    </div>
  );
}

function factsOf({ provider, license, price, usualSeconds }: ImageModel): string[] {
  return [
    `Run by ${provider}`,
    ...(price ? [price] : []),
    ...(usualSeconds ? [`usually ${usualSeconds} s`] : []),
    ...(license && license !== "other" ? [license] : []),
  ];
}
