import { useWords } from "@/components/language/words-provider";

export type Size = { readonly name: string; readonly width: number; readonly height: number };

type SizeChoiceProps = { sizes: readonly Size[]; chosen: Size; onChoose: (size: Size) => void };

/** The offered sizes as small drawings of their shapes. */
export function SizeChoice({ sizes, chosen, onChoose }: SizeChoiceProps) {
  const { known, say } = useWords();
  const named = sizes.map((size) => ({ size, name: known(`size.${size.name}`) ?? size.name }));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-small text-muted">{say("prompt.size")}</legend>
      <div className="flex flex-wrap gap-1">
        {named.map(({ size, name }) => (
          <label
            key={size.name}
            className="flex min-h-11 items-center gap-2 rounded-full border border-line px-3 text-small has-checked:border-ink has-checked:bg-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink"
          >
            <input
              type="radio"
              name="size"
              className="sr-only"
              checked={size.name === chosen.name}
              onChange={() => onChoose(size)}
              aria-label={say("prompt.sizeOf", { name, width: String(size.width), height: String(size.height) })}
            />
            <ShapeIcon size={size} />
            <span aria-hidden>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A rectangle in the shape of a size. */
export function ShapeIcon({ size }: { size: Size }) {
  const scale = 14 / Math.max(size.width, size.height);
  const width = size.width * scale;
  const height = size.height * scale;
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="shrink-0">
      <rect
        x={9 - width / 2}
        y={9 - height / 2}
        width={width}
        height={height}
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
