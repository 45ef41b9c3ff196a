"use client";

import { Heart } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { buttonClass } from "@/components/button";
import { useItemActions } from "@/components/gallery/use-item-actions";
import type { Generation } from "@/lib/gallery/generation";

/** Marks a picture as a favourite at once, and takes the mark back when the server refuses. */
export function FavoriteToggle({ item }: { item: Generation }) {
  const actions = useItemActions();
  const router = useRouter();
  const [favorite, setFavorite] = useState(item.favorite);
  useEffect(() => setFavorite(item.favorite), [item.favorite]);

  async function toggle() {
    setFavorite(!favorite);
    if (await actions.favorite({ ...item, favorite }, !favorite)) router.refresh();
    else setFavorite(favorite);
  }

  return (
    <button type="button" aria-pressed={favorite} className={buttonClass("quiet")} onClick={() => void toggle()}>
      <Heart size={16} fill={favorite ? "currentColor" : "none"} aria-hidden />
      Favourite
    </button>
  );
}
