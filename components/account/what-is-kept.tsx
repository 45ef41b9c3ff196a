import Link from "next/link";
import { formatBytes } from "@/components/format";
import type { Words } from "@/lib/language/words";
import { Section } from "./section";

type WhatIsKeptProps = {
  /** Null when it could not be measured. */
  usage: { count: number; trashed: number; bytes: number } | null;
  storage: { kind: "local" | "mounted" | "bucket" | "ephemeral"; problem: string | null };
  words: Words;
};

export function WhatIsKept({ usage, storage, words }: WhatIsKeptProps) {
  const { say } = words;
  return (
    <Section id="kept" title={say("account.kept")}>
      {usage && (
        <dl className="flex flex-wrap gap-x-12 gap-y-4">
          <Figure term={say("account.inGallery")} value={say("pictures", { count: usage.count })} />
          <Figure term={say("account.inTrash")} value={say("pictures", { count: usage.trashed })} />
          <Figure term={say("account.together")} value={formatBytes(words, usage.bytes)} />
        </dl>
      )}
      <p className={storage.kind === "ephemeral" ? "border-l-2 border-accent pl-3" : "text-muted"}>
        {say(`account.place.${storage.kind}`)}
      </p>
      {storage.problem && (
        <div className="flex flex-col gap-1">
          <p role="alert" className="text-danger">
            {say("account.cannotKeep")}
          </p>
          <details className="text-small text-muted">
            <summary className="inline-flex min-h-11 items-center">{say("frame.details")}</summary>
            <p className="wrap-anywhere" lang="en">
              {storage.problem}
            </p>
          </details>
        </div>
      )}
      <p className="flex flex-wrap gap-x-5 text-small">
        <Link href="/gallery" className="quiet-link">
          {say("frame.openGallery")}
        </Link>
        <Link href="/gallery/trash" className="quiet-link">
          {say("account.openTrash")}
        </Link>
      </p>
    </Section>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-small text-muted">{term}</dt>
      <dd className="text-large tabular-nums">{value}</dd>
    </div>
  );
}
