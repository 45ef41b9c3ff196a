import { useWords } from "@/components/language/words-provider";
import { nameOfModel } from "@/components/making/next-steps";
import type { Finding } from "./finding";
import { useMadeWith } from "./use-made-with";

type Made = Pick<Finding, "generator" | "model">;
type MadeWithChoiceProps = { id: string; className: string; chosen: Made; onChange: (made: Made) => void };

/** The engines that made the person's pictures and, below each, its models. What the address says can be seen, whatever it is. */
export function MadeWithChoice({ id, className, chosen, onChange }: MadeWithChoiceProps) {
  const { known, say } = useWords();
  const madeWith = useMadeWith();
  const nameOf = (generator: string, engine = generator) => known(`engine.${generator}`) ?? engine;
  const listed = madeWith.flatMap(({ generator, models }) => ["", ...models].map((model) => optionOf({ generator, model })));
  const value = optionOf(chosen);
  return (
    <select id={id} className={className} value={value} onChange={(event) => onChange(madeOf(event.target.value))}>
      <option value={anything}>{say("find.anyMaker")}</option>
      {![anything, ...listed].includes(value) && <option value={value}>{nameOfModel(chosen.model) || nameOf(chosen.generator)}</option>}
      {madeWith.map(({ generator, engine, models }) => {
        const name = nameOf(generator, engine);
        const whole = optionOf({ generator, model: "" });
        if (models.length === 0) {
          return (
            <option key={generator} value={whole}>
              {name}
            </option>
          );
        }
        return (
          <optgroup key={generator} label={name}>
            <option value={whole}>{say("find.anyModel", { engine: name })}</option>
            {models.map((model) => (
              <option key={model} value={optionOf({ generator, model })}>
                {nameAmong(models, model)}
              </option>
            ))}
          </optgroup>
        );
      })}
    </select>
  );
}

/** Two models may be called the same by those who made them. */
function nameAmong(models: readonly string[], model: string): string {
  const name = nameOfModel(model);
  return models.filter((other) => nameOfModel(other) === name).length > 1 ? model : name;
}

// No id of a generator holds a colon.
const optionOf = ({ generator, model }: Made) => `${generator}:${model}`;
const anything = optionOf({ generator: "", model: "" });

function madeOf(option: string): Made {
  const [generator = ""] = option.split(":", 1);
  return { generator, model: option.slice(generator.length + 1) };
}
