"use client";

import { useEffect, useState } from "react";
import type { Generation } from "@/lib/gallery/generation";
import { isHurrying, whenAtRest } from "./scrolling";

/** The small picture of a tile. One that only flies past is not fetched. */
export function Thumbnail({ item, eager }: { item: Generation; eager: boolean }) {
  const [wanted, setWanted] = useState(() => !isHurrying());
  useEffect(() => (wanted ? undefined : whenAtRest(() => setWanted(true))), [wanted]);
  return (
    <img
      {...(wanted && { src: item.thumbnailUrl })}
      alt={item.title ?? item.prompt}
      width={item.width}
      height={item.height}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      className="absolute inset-0 size-full object-cover text-transparent"
    />
  );
}
