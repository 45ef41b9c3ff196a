import { buttonClass } from "@/components/button";
import { excerpt } from "@/components/excerpt";

/** When nothing matches: says so, and leads back to all. */
export function NothingFound({ q, onClear }: { q: string; onClear: () => void }) {
  return (
    <div className="flex flex-col items-start gap-5 py-10">
      <p className="max-w-full text-muted wrap-anywhere" dir="auto">
        {q ? `No picture matches “${excerpt(q)}” here.` : "No picture matches these filters."}
      </p>
      <button type="button" className={buttonClass("quiet")} onClick={onClear}>
        Show all pictures
      </button>
    </div>
  );
}
