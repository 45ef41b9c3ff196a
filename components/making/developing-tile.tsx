"use client";

import { Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { excerpt } from "@/components/excerpt";
import { useToast } from "@/components/feedback/toaster";
import { type Place, placeAttributes } from "@/components/gallery/light-table";
import { shapeClass, shapeRef } from "@/components/gallery/shape";
import { useWords } from "@/components/language/words-provider";
import type { Job } from "./making";
import { useMaking } from "./making-provider";
import { describeState, shareOf } from "./state-of-job";

/** A picture in the making, in its true shape and place. */
export function DevelopingTile({ job, place }: { job: Job; place: Place }) {
  const { stop } = useMaking();
  const isUnmeasured = job.state.phase === "running" || job.state.phase === "waking";
  const words = useWords();
  const { say } = words;
  const toast = useToast();
  const seconds = useSeconds(job.startedAt, isUnmeasured);
  const { prompt } = job.request;
  const share = shareOf(job.state);

  async function onStop() {
    const { mayBeBilled } = await stop(job.key);
    if (mayBeBilled) toast(say("making.mayBeBilled"));
  }

  return (
    <li ref={shapeRef(job.request)} className={`${shapeClass(job.request)} rise`} {...placeAttributes(place)}>
      <div className="picture-ground relative flex size-full flex-col justify-end">
        {job.preview ? (
          <Preview src={job.preview} share={share ? share.done / share.total : 0} />
        ) : (
          <p className="line-clamp-4 p-4 text-muted" dir="auto">
            {prompt}
          </p>
        )}
        <div className="relative mt-auto flex items-end justify-between gap-2 p-1.5">
          <p className="rounded-[1.1rem] bg-shade px-3 py-1.5 text-small text-on-shade tabular-nums">
            {describeState(words, job.state, seconds)}
          </p>
          <button
            type="button"
            aria-label={say("making.stopOne", { prompt: excerpt(prompt) })}
            onClick={() => void onStop()}
            className="inline-flex min-h-9 min-w-9 items-center justify-center gap-1.5 rounded-full bg-shade px-3 text-small text-on-shade hover:bg-accent hover:text-on-accent"
          >
            <Square size={11} fill="currentColor" aria-hidden />
            <span className="max-sm:hidden">{say("making.stop")}</span>
          </button>
        </div>
        {isUnmeasured ? (
          <progress className="thread relative" aria-label={say("making.making", { prompt: excerpt(prompt) })} />
        ) : (
          <progress
            className="thread relative"
            aria-label={say("making.making", { prompt: excerpt(prompt) })}
            value={share?.done ?? 0}
            max={share?.total ?? 1}
          />
        )}
      </div>
    </li>
  );
}

/** Whole seconds since a moment, counted on while it matters. */
function useSeconds(since: number, counting: boolean): number {
  const [now, setNow] = useState(since);
  useEffect(() => {
    if (!counting) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [counting]);
  return Math.max(0, Math.round((now - since) / 1000));
}

function Preview({ src, share }: { src: string; share: number }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => image.current?.style.setProperty("--done", share.toFixed(3)), [share]);
  return <img ref={image} src={src} alt="" className="developing absolute inset-0 size-full object-cover" />;
}
