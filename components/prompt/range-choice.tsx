import { useId } from "react";

type RangeChoiceProps = {
  label: string;
  hint: string;
  value: number;
  least: number;
  most: number;
  step: number;
  onChange: (value: number) => void;
};

/** A number within limits, to be dragged or stepped. */
export function RangeChoice({ label, hint, value, least, most, step, onChange }: RangeChoiceProps) {
  const id = useId();
  return (
    <div className="w-[calc(50%-1rem)] sm:w-40">
      <label htmlFor={id} className="mb-1.5 flex justify-between text-small text-muted" title={hint}>
        {label}
        <span className="text-ink tabular-nums">{value}</span>
      </label>
      <input
        id={id}
        type="range"
        className="h-11 w-full accent-[var(--ink)]"
        min={least}
        max={most}
        step={step}
        value={value}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
