"use client";

import { useEffect, useState } from "react";
import type { Generation } from "@/lib/gallery/generation";
import { isHurrying, whenAtRest } from "./scrolling";

/** So many come with the page, the first of them before its style sheet; the rest once it is alive, and when it is near. */
const atFirst = 8;
const onPhones = 4;

/** The small picture of a tile. One that only flies past is not fetched. */
export function Thumbnail({ item, index }: { item: Generation; index: number }) {
  const [wanted, setWanted] = useState(() => index < atFirst || !isHurrying());
  useEffect(() => (wanted ? undefined : whenAtRest(() => setWanted(true))), [wanted]);
  return (
    <img
      {...(wanted && { src: item.thumbnailUrl })}
      alt={item.title ?? item.prompt}
      width={item.width}
      height={item.height}
      loading={index < onPhones ? "eager" : "lazy"}
      fetchPriority={index < onPhones ? "high" : "auto"}
      decoding="async"
      className="absolute inset-0 size-full object-cover text-transparent"
    />
  );
}
