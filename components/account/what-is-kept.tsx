import Link from "next/link";
import { formatBytes } from "@/components/format";
import { countPictures } from "@/components/gallery/count-pictures";
import { Section } from "./section";

type WhatIsKeptProps = {
  /** Null when it could not be measured. */
  usage: { count: number; trashed: number; bytes: number } | null;
  storage: { kind: "local" | "mounted" | "bucket" | "ephemeral"; problem: string | null };
};

const places: Record<WhatIsKeptProps["storage"]["kind"], string> = {
  mounted: "They are kept on the storage that is attached to this Space, and stay when it restarts.",
  bucket: "They are kept in the bucket that belongs to this installation, and stay when it restarts.",
  local: "They are kept on the disk of this machine.",
  ephemeral: "No storage is attached to this Space: they are gone when it restarts. Download what you want to keep.",
};

export function WhatIsKept({ usage, storage }: WhatIsKeptProps) {
  return (
    <Section id="kept" title="What is kept">
      {usage && (
        <dl className="flex flex-wrap gap-x-12 gap-y-4">
          <Figure term="In your gallery" value={countPictures(usage.count)} />
          <Figure term="In the trash" value={countPictures(usage.trashed)} />
          <Figure term="Together" value={formatBytes(usage.bytes)} />
        </dl>
      )}
      <p className={storage.kind === "ephemeral" ? "border-l-2 border-accent pl-3" : "text-muted"}>{places[storage.kind]}</p>
      {storage.problem && (
        <div className="flex flex-col gap-1">
          <p role="alert" className="text-danger">
            Nothing can be kept at present. Try again in a moment; if it stays, tell the owner of this Space.
          </p>
          <details className="text-small text-muted">
            <summary className="inline-flex min-h-11 items-center">Details</summary>
            <p className="wrap-anywhere">{storage.problem}</p>
          </details>
        </div>
      )}
      <p className="flex flex-wrap gap-x-5 text-small">
        <Link href="/gallery" className="quiet-link">
          Open your gallery
        </Link>
        <Link href="/gallery/trash" className="quiet-link">
          Open the trash
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
