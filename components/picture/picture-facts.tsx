import type { ReactNode } from "react";
import { formatBytes } from "@/components/format";
import { Moment } from "@/components/moment";
import type { Generation } from "@/lib/gallery/generation";

const types: Record<Generation["type"], string> = { "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP" };

/** Everything that is known about a picture, to make it again or to make sense of it. */
export function PictureFacts({ item }: { item: Generation }) {
  const facts: [string, ReactNode][] = [
    ["Made", <Moment key="made" time={item.createdAt} now={Date.now()} as="age" />],
    ["Size", `${item.width} × ${item.height}`],
    [
      "Seed",
      <span key="seed" className="select-all">
        {item.seed}
      </span>,
    ],
    ["Engine", item.engine],
    ...(item.model ? [["Model", item.model] as [string, string]] : []),
    ...Object.entries(item.parameters).flatMap(([name, value]) =>
      value === null ? [] : [[labelOf(name), String(value)] as [string, string]],
    ),
    ...(item.saved ? [] : [["Saved", "Not yet: it waits on the server’s own disk"] as [string, string]]),
    ["File", `${types[item.type]}, ${formatBytes(item.bytes)}`],
  ];
  return (
    <dl className="border-t border-line text-small">
      {facts.map(([term, description]) => (
        <div key={term} className="flex justify-between gap-6 border-b border-line py-2.5">
          <dt className="shrink-0 text-muted">{term}</dt>
          <dd className="min-w-0 text-right tabular-nums wrap-anywhere">{description}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "negativePrompt" as "Negative prompt". */
function labelOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
