"use client";

import { Heart } from "lucide-react";
import { useEffect, useState } from "react";
import { buttonClass } from "@/components/button";
import { useItemActions } from "@/components/gallery/use-item-actions";
import { useWords } from "@/components/language/words-provider";
import { useKeys } from "@/components/use-keys";
import type { Generation } from "@/lib/gallery/generation";

/** Marks a picture as a favourite at once, and takes the mark back when the server refuses. */
export function FavoriteToggle({ item, onChanged }: { item: Generation; onChanged: () => void }) {
  const { say } = useWords();
  const actions = useItemActions();
  const [favorite, setFavorite] = useState(item.favorite);
  useEffect(() => setFavorite(item.favorite), [item.favorite]);

  async function toggle() {
    setFavorite(!favorite);
    if (await actions.favorite({ ...item, favorite }, !favorite)) onChanged();
    else setFavorite(favorite);
  }

  useKeys({ f: () => void toggle() });

  return (
    <button type="button" aria-pressed={favorite} className={buttonClass("quiet")} onClick={() => void toggle()}>
      <Heart size={16} fill={favorite ? "currentColor" : "none"} aria-hidden />
      {say("gallery.favourite")}
    </button>
  );
}
