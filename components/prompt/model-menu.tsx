import { Check } from "lucide-react";
import { useRef, useState } from "react";
import { useWords } from "@/components/language/words-provider";
import { nameOfModel } from "@/components/making/next-steps";
import type { ImageModel } from "@/lib/gallery/making";
import type { ClientKey, Words } from "@/lib/language/words";

type ModelMenuProps = {
  id: string;
  models: readonly ImageModel[];
  chosen: ImageModel;
  onChoose: (id: string) => void;
  onClosed: () => void;
};

/** From so many models on there is a field to find one. */
const many = 8;

/**
 * All models, each with what is known about it. The platform's own popover around its own radio buttons: arrow keys go through them, a
 * click or Enter chooses and closes.
 */
export function ModelMenu({ id, models, chosen, onChoose, onClosed }: ModelMenuProps) {
  const { say } = useWords();
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const parts = wanted.trim().toLowerCase().split(/\s+/);
  const found = models.filter((model) =>
    parts.every((part) => `${model.id} ${model.provider} ${model.license}`.toLowerCase().includes(part)),
  );

  function close() {
    menu.current?.hidePopover();
    onClosed();
  }

  return (
    <div
      ref={menu}
      id={id}
      popover="auto"
      role="dialog"
      aria-label={say("prompt.chooseModel")}
      className="model-menu rise overflow-y-auto overscroll-contain rounded-large border border-line bg-sheet p-1.5 text-ink shadow-lift"
      onToggle={(event) => {
        setIsOpen(event.newState === "open");
        setWanted("");
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        // In the form around it Enter would make a picture.
        event.preventDefault();
        if (wanted.trim() && found[0]) onChoose(found[0].id);
        close();
      }}
      // A click that comes of an arrow key has no pointer: it only moves on.
      onClick={({ detail, target }) => detail > 0 && target instanceof Element && target.closest("label") && close()}
    >
      {isOpen && (
        <>
          {models.length > many && (
            <input
              type="search"
              aria-label={say("prompt.findModel")}
              placeholder={say("prompt.findModel")}
              autoComplete="off"
              className="sticky top-0 z-10 mb-1.5 h-11 w-full rounded-full border border-edge bg-sheet px-4 text-base"
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            />
          )}
          <fieldset>
            <legend className="sr-only">{say("prompt.model")}</legend>
            {found.map((model) => (
              <ModelRow key={model.id} model={model} isChosen={model.id === chosen.id} onChoose={() => onChoose(model.id)} />
            ))}
          </fieldset>
          {found.length === 0 && <p className="px-3 py-4 text-small text-muted">{say("prompt.noModel")}</p>}
        </>
      )}
    </div>
  );
}

type ModelRowProps = { model: ImageModel; isChosen: boolean; onChoose: () => void };

function ModelRow({ model, isChosen, onChoose }: ModelRowProps) {
  const words = useWords();
  const facts = [
    ...(model.provider ? [model.provider] : []),
    ...factsOf(words, model),
    ...(model.gated ? [words.say("prompt.gated")] : []),
  ];
  return (
    <label
      title={model.id}
      className="flex min-h-11 items-center gap-3 rounded-picture px-3 py-2 hover:bg-wash has-focus-visible:outline-2 has-focus-visible:outline-ink"
    >
      <input type="radio" name="model" className="sr-only" checked={isChosen} onChange={onChoose} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{nameOfModel(model.id)}</span>
        <span className="block text-small text-muted">{facts.join(" · ")}</span>
      </span>
      <Check size={16} aria-hidden className={isChosen ? "shrink-0" : "invisible shrink-0"} />
    </label>
  );
}

/** Price, speed and licence, as far as they are known. */
export function factsOf({ number, say }: Words<ClientKey>, { license, price, usualSeconds }: ImageModel): string[] {
  return [
    ...(price ? [say("prompt.price", { price: number(price, { style: "currency", currency: "USD", maximumFractionDigits: 4 }) })] : []),
    ...(usualSeconds ? [say("prompt.usually", { seconds: usualSeconds })] : []),
    ...(license && license !== "other" ? [license] : []),
  ];
}

/** Who runs a model. A Space has no provider: it is sent the person's own token, and people should know. */
export function runBy({ say }: Words<ClientKey>, { provider }: ImageModel): string {
  return provider === null ? say("prompt.runByItself") : say("prompt.runBy", { provider });
}
