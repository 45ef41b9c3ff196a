import { buttonClass } from "@/components/button";
import { excerpt } from "@/components/excerpt";
import { useWords } from "@/components/language/words-provider";

/** When nothing matches: says so, and leads back to all. */
export function NothingFound({ q, onClear }: { q: string; onClear: () => void }) {
  const { say } = useWords();
  return (
    <div className="flex flex-col items-start gap-5 py-10">
      <p className="max-w-full text-muted wrap-anywhere" dir="auto">
        {q ? say("find.noMatch", { words: excerpt(q) }) : say("find.noFiltered")}
      </p>
      <button type="button" className={buttonClass("quiet")} onClick={onClear}>
        {say("find.showAll")}
      </button>
    </div>
  );
}
