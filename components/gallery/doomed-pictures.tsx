import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";
import { Placeholder } from "./placeholder";

const most = 8;

/** Small pictures of what is about to be erased, so that one sees what goes. */
export function DoomedPictures({ items, total }: { items: readonly Generation[]; total: number }) {
  const { say } = useWords();
  const rest = total - Math.min(items.length, most);
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {items.slice(0, most).map((item) => (
        <span key={item.id} className="picture-ground relative size-18">
          <Placeholder hash={item.placeholder} />
          <img src={item.thumbnailUrl} alt={item.title ?? item.prompt} className="relative size-full object-cover text-transparent" />
        </span>
      ))}
      {rest > 0 && <span className="px-2 text-small text-muted tabular-nums">{say("gallery.andMore", { count: rest })}</span>}
    </div>
  );
}
