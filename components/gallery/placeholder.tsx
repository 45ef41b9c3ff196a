"use client";

import { useEffect, useState } from "react";
import { thumbHashToAverageRGBA, thumbHashToDataURL } from "thumbhash";

type PlaceholderProps = { hash: string; preview?: string | null };

/** What lies beneath a picture until it has loaded: its average colour at once, its ThumbHash or last preview when scripts run. */
export function Placeholder({ hash, preview = null }: PlaceholderProps) {
  const [source, setSource] = useState(preview);
  useEffect(() => {
    if (!preview) setSource(decode(hash, thumbHashToDataURL));
  }, [hash, preview]);
  if (source) return <img src={source} alt="" className="absolute inset-0 size-full object-cover" />;
  return (
    <svg className="absolute inset-0 size-full" aria-hidden="true">
      <rect width="100%" height="100%" fill={decode(hash, averageColour) ?? "none"} />
    </svg>
  );
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
