import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect } from "react";
import { useWords } from "@/components/language/words-provider";

type PromptFieldProps = {
  ref: RefObject<HTMLTextAreaElement | null>;
  prompt: string;
  invalid: boolean;
  onChange: (prompt: string) => void;
  onSubmit: () => void;
};

/** Words to make a picture from. The field grows with them; Enter makes, Shift and Enter begins a line. */
export function PromptField({ ref, prompt, invalid, onChange, onSubmit }: PromptFieldProps) {
  const { say } = useWords();
  // Uncontrolled, so that words typed before the page came alive, or restored by the browser, are not lost.
  useEffect(() => {
    const typed = ref.current?.value;
    if (typed) onChange(typed);
  }, [ref, onChange]);
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field) return;
    if (prompt && field.value !== prompt) field.value = prompt;
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [ref, prompt]);

  function onKeyDown(event: KeyboardEvent) {
    const onTouch = matchMedia("(hover: none)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || onTouch) return;
    event.preventDefault();
    if (!event.repeat) onSubmit();
  }

  return (
    <textarea
      ref={ref}
      aria-label={say("prompt.label")}
      aria-invalid={invalid}
      aria-describedby="prompt-note"
      placeholder={say("prompt.placeholder")}
      rows={1}
      dir="auto"
      enterKeyHint="enter"
      className="field-sizing-content max-h-[min(40dvh,16rem)] min-h-11 w-full min-w-0 resize-none bg-transparent py-2.5 text-base leading-6 placeholder:text-muted focus-visible:shadow-none focus-visible:outline-none"
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
