import type { ReactNode } from "react";
import { formatBytes } from "@/components/format";
import { useWords } from "@/components/language/words-provider";
import { Moment } from "@/components/moment";
import type { Generation } from "@/lib/gallery/generation";

const types: Record<Generation["type"], string> = { "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP" };

/** Everything that is known about a picture, to make it again or to make sense of it. */
export function PictureFacts({ item }: { item: Generation }) {
  const words = useWords();
  const { known, say } = words;
  const facts: [string, ReactNode][] = [
    [say("picture.made"), <Moment key="made" time={item.createdAt} now={Date.now()} as="age" />],
    [say("picture.size"), `${item.width} × ${item.height}`],
    [
      say("picture.seed"),
      <span key="seed" className="select-all">
        {item.seed}
      </span>,
    ],
    [say("picture.engine"), known(`engine.${item.generator}`) ?? item.engine],
    ...(item.model ? [[say("picture.model"), item.model] as [string, string]] : []),
    ...Object.entries(item.parameters).flatMap(([name, value]) =>
      value === null ? [] : [[known(`parameter.${name}`) ?? labelOf(name), String(value)] as [string, string]],
    ),
    ...(item.saved ? [] : [[say("picture.saved"), say("picture.notSaved")] as [string, string]]),
    [say("picture.file"), `${types[item.type]}, ${formatBytes(words, item.bytes)}`],
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
