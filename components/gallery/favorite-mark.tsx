import { Heart } from "lucide-react";
import { useWords } from "@/components/language/words-provider";
import { useTileTabIndex } from "./tile";

/** The heart on a tile: always there on a favourite, a quiet action on any other picture. */
export function FavoriteMark({ favorite, onToggle }: { favorite: boolean; onToggle: () => void }) {
  const { say } = useWords();
  return (
    <div className="tile-actions absolute bottom-1.5 left-1.5">
      <button
        type="button"
        aria-label={say("gallery.favourite")}
        aria-pressed={favorite}
        tabIndex={useTileTabIndex()}
        title={favorite ? say("gallery.removeFavourite") : say("gallery.addFavourite")}
        onClick={onToggle}
        className="grid size-9 place-items-center rounded-full bg-shade text-on-shade hover:bg-accent hover:text-on-accent"
      >
        <Heart size={16} fill={favorite ? "currentColor" : "none"} aria-hidden />
      </button>
    </div>
  );
}
