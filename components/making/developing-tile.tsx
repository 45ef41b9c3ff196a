"use client";

import { Square } from "lucide-react";
import { useEffect, useRef } from "react";
import { buttonClass } from "@/components/button";
import { excerpt } from "@/components/excerpt";
import { type Place, placeAttributes } from "@/components/gallery/light-table";
import { shapeClass, shapeRef } from "@/components/gallery/shape";
import type { Job } from "@/components/making/making";
import { useMaking } from "@/components/making/making-provider";

/** A picture in the making, in its true shape and place. */
export function DevelopingTile({ job, place }: { job: Job; place: Place }) {
  const { stop } = useMaking();
  const { prompt } = job.request;
  const { done, total } = job.state.phase === "developing" ? job.state : { done: 0, total: 1 };
  return (
    <li ref={shapeRef(job.request)} className={`${shapeClass(job.request)} rise`} {...placeAttributes(place)}>
      <div className="picture-ground relative flex size-full flex-col justify-end">
        {job.preview ? (
          <Preview src={job.preview} share={done / total} />
        ) : (
          <p className="line-clamp-4 p-4 text-muted" dir="auto">
            {prompt}
          </p>
        )}
        <div className="relative mt-auto flex items-end justify-between gap-2 p-1.5">
          <p className="rounded-full bg-shade px-3 py-1.5 text-small whitespace-nowrap text-on-shade tabular-nums">{describe(job)}</p>
          <button
            type="button"
            aria-label={`Stop: ${excerpt(prompt)}`}
            onClick={() => stop(job.key)}
            className="inline-flex min-h-9 min-w-9 items-center justify-center gap-1.5 rounded-full bg-shade px-3 text-small text-on-shade hover:bg-accent hover:text-on-accent"
          >
            <Square size={11} fill="currentColor" aria-hidden />
            <span className="max-sm:hidden">Stop</span>
          </button>
        </div>
        <progress className="thread relative" aria-label={`Making: ${excerpt(prompt)}`} value={done} max={total} />
      </div>
    </li>
  );
}

function Preview({ src, share }: { src: string; share: number }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => image.current?.style.setProperty("--done", share.toFixed(3)), [share]);
  return <img ref={image} src={src} alt="" className="developing absolute inset-0 size-full object-cover" />;
}

const ordinal = new Intl.PluralRules("en", { type: "ordinal" });
const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

function describe({ state }: Job): string {
  if (state.phase === "queued" && state.position === null) return "In line";
  if (state.phase === "queued" && state.position === 1) return "Next in line";
  if (state.phase === "queued") return `${state.position}${suffixes[ordinal.select(state.position ?? 0)] ?? "th"} in line`;
  if (state.phase === "developing") return new Intl.NumberFormat("en", { style: "percent" }).format(state.done / state.total);
  return "Starting";
}

/** What could not be made and why, each with a way to try again. */
export function FailedTiles({ jobs }: { jobs: readonly Job[] }) {
  if (jobs.length === 0) return null;
  return (
    <ul aria-label="Could not be made" className="failed-tiles">
      {jobs.map((job) => (
        <FailedTile key={job.key} job={job} />
      ))}
    </ul>
  );
}

function FailedTile({ job }: { job: Job }) {
  const { retry, stop } = useMaking();
  if (job.state.phase !== "failed") return null;
  const { message, id } = job.state.failure;
  return (
    <li className="rise flex flex-col gap-2 rounded-picture border border-line bg-sheet p-4 text-small">
      <p className="line-clamp-2 shrink-0 text-muted" dir="auto">
        {job.request.prompt}
      </p>
      <p>{message}</p>
      {id && (
        <details className="text-muted">
          <summary>Details</summary>
          <p className="break-all">Error {id}</p>
        </details>
      )}
      <div className="mt-auto flex flex-wrap gap-2">
        <button type="button" className={buttonClass("primary")} onClick={() => retry(job.key)}>
          Try again
        </button>
        <button type="button" className={buttonClass("plain")} onClick={() => stop(job.key)}>
          Dismiss
        </button>
      </div>
    </li>
  );
}
