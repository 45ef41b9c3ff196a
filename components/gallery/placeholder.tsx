"use client";

import { useEffect, useRef, useState } from "react";
import { thumbHashToAverageRGBA, thumbHashToDataURL } from "thumbhash";
import { whenIdle } from "@/components/when-idle";

type PlaceholderProps = { hash: string; preview?: string | null };

/**
 * What lies beneath a picture until it has loaded: its average colour at once, its last preview, or its ThumbHash as soon as there is nothing
 * better to do. That takes half a millisecond each, and a screen of pictures would wait for it.
 */
export function Placeholder({ hash, preview = null }: PlaceholderProps) {
  const [source, setSource] = useState(preview);
  const colour = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (preview) return;
    return whenIdle(() => hasPicture(colour.current) || setSource(decode(hash, thumbHashToDataURL)));
  }, [hash, preview]);
  if (source) return <img src={source} alt="" fetchPriority="high" className="absolute inset-0 size-full object-cover" />;
  return (
    <svg ref={colour} className="absolute inset-0 size-full" aria-hidden="true">
      <rect width="100%" height="100%" fill={decode(hash, averageColour) ?? "none"} />
    </svg>
  );
}

/** Whether what lies on top has loaded already. */
function hasPicture(ground: Element | null): boolean {
  const picture = ground?.nextElementSibling;
  return picture instanceof HTMLImageElement && picture.complete && picture.naturalWidth > 0;
}

function averageColour(hash: Uint8Array): string {
  const { r, g, b } = thumbHashToAverageRGBA(hash);
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(" ")})`;
}

/** A hash that cannot be read only costs the placeholder. */
function decode(base64: string, read: (hash: Uint8Array) => string): string | null {
  try {
    return read(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}
