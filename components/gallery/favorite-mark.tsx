import { Heart } from "lucide-react";
import { useWords } from "@/components/language/words-provider";
import { TileAction } from "./tile-action";

/** The heart on a tile: always there on a favourite, a quiet action on any other picture. */
export function FavoriteMark({ favorite, onToggle }: { favorite: boolean; onToggle: () => void }) {
  const { say } = useWords();
  const title = say(favorite ? "gallery.removeFavourite" : "gallery.addFavourite");
  return (
    <div className="tile-actions absolute bottom-1.5 left-1.5">
      <TileAction label={say("gallery.favourite")} title={title} pressed={favorite} onClick={onToggle}>
        <Heart size={16} fill={favorite ? "currentColor" : "none"} aria-hidden />
      </TileAction>
    </div>
  );
}
