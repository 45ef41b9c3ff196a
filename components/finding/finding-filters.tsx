import { type ReactNode, useId } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";
import type { Size } from "@/components/prompt/size-choice";
import { countFilters, dayOfMoment, type Finding, momentOfDay, noFilters } from "./finding";
import { MadeWithChoice } from "./made-with-choice";

type FindingFiltersProps = { finding: Finding; sizes: readonly Size[]; onChange: (part: Partial<Finding>) => void };

const control = "min-h-11 w-full rounded-picture border border-edge bg-sheet px-3 text-ellipsis";

/** Narrows the gallery down by engine and model, size and days, and turns its order around. Days are those of the person's own calendar. */
export function FindingFilters({ finding, sizes, onChange }: FindingFiltersProps) {
  const { known, say } = useWords();
  return (
    <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <Labelled label={say("find.madeWith")} className="max-sm:col-span-2 sm:w-60">
        {(id) => <MadeWithChoice id={id} className={control} chosen={finding} onChange={onChange} />}
      </Labelled>
      <Labelled label={say("find.size")}>
        {(id) => (
          <select id={id} className={control} value={finding.size} onChange={(event) => onChange({ size: event.target.value })}>
            <option value="">{say("find.anySize")}</option>
            {sizes.map(({ name, width, height }) => (
              <option key={name} value={`${width}x${height}`}>
                {known(`size.${name}`) ?? name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={say("find.order")}>
        {(id) => (
          <select
            id={id}
            className={control}
            value={finding.sort}
            onChange={(event) => onChange({ sort: event.target.value as Finding["sort"] })}
          >
            <option value="newest">{say("find.newest")}</option>
            <option value="oldest">{say("find.oldest")}</option>
          </select>
        )}
      </Labelled>
      <Labelled label={say("find.from")}>
        {(id) => (
          <input
            id={id}
            type="date"
            className={control}
            value={dayOfMoment(finding.from)}
            onChange={(event) => onChange({ from: momentOfDay(event.target.value) })}
          />
        )}
      </Labelled>
      <Labelled label={say("find.until")}>
        {(id) => (
          <input
            id={id}
            type="date"
            className={control}
            value={dayOfMoment(finding.to, 1)}
            onChange={(event) => onChange({ to: momentOfDay(event.target.value, 1) })}
          />
        )}
      </Labelled>
      {countFilters(finding) > 0 && (
        <button type="button" className={`${buttonClass("plain")} max-sm:col-span-2`} onClick={() => onChange(noFilters)}>
          {say("find.clear")}
        </button>
      )}
    </div>
  );
}

type LabelledProps = { label: string; className?: string; children: (id: string) => ReactNode };

function Labelled({ label, className = "sm:w-44", children }: LabelledProps) {
  const id = useId();
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-small text-muted">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
