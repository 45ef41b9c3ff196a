import { useWords } from "@/components/language/words-provider";
import type { Engine } from "@/lib/gallery/making";

type EngineChoiceProps = { engines: readonly Engine[]; chosen: Engine; onChoose: (engine: Engine) => void };

/** What makes the picture: always in sight, and one click away. */
export function EngineChoice({ engines, chosen, onChoose }: EngineChoiceProps) {
  const { known, say } = useWords();
  return (
    <fieldset className="engines flex min-w-0 flex-wrap gap-1 px-2.5 pb-2 max-sm:flex-nowrap max-sm:overflow-x-auto">
      <legend className="sr-only">{say("prompt.madeBy")}</legend>
      {engines.map((engine) => (
        <label
          key={engine.id}
          title={engine.unavailable ?? known(`engine.${engine.id}.note`) ?? engine.note}
          className="relative flex min-h-9 shrink-0 items-center rounded-full border border-transparent px-3 text-small text-muted has-checked:border-line has-checked:bg-wash has-checked:text-ink has-disabled:cursor-default has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-ink max-sm:min-h-11"
        >
          <input
            type="radio"
            name="engine"
            className="sr-only"
            checked={engine.id === chosen.id}
            disabled={engine.unavailable !== null}
            onChange={() => onChoose(engine)}
          />
          {known(`engine.${engine.id}`) ?? engine.label}
        </label>
      ))}
    </fieldset>
  );
}
