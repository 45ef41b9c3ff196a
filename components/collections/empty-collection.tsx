import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";

/** A collection before its first picture: says how pictures come into it, and leads to where they are. */
export function EmptyCollection({ onLeave }: { onLeave: () => void }) {
  const { say } = useWords();
  return (
    <div className="flex flex-col items-start gap-5 py-10">
      <p className="max-w-prose text-muted">{say("collections.empty")}</p>
      <button type="button" className={buttonClass("quiet")} onClick={onLeave}>
        {say("collections.choose")}
      </button>
    </div>
  );
}
