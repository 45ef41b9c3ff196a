"use client";

import { Heart, Search, SlidersHorizontal } from "lucide-react";
import { Suspense, startTransition, useEffect, useId, useState } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";
import { later } from "@/components/later";
import type { Size } from "@/components/prompt/size-choice";
import { countFilters } from "./finding";
import { SearchField } from "./search-field";
import { useFinding } from "./use-finding";

const [FindingFilters, fetchFilters] = later(async () => (await import("./finding-filters")).FindingFilters);

type FindingBarProps = { sizes: readonly Size[]; total: number; problem: string | null };

/** One row: words to look for, favourites, filters folded away, and how many pictures that leaves. */
export function FindingBar({ sizes, total, problem }: FindingBarProps) {
  const { say } = useWords();
  useEffect(fetchFilters, []);
  const { finding, changeFinding } = useFinding();
  const [open, setOpen] = useState(false);
  const filtersId = useId();
  const filters = countFilters(finding);
  return (
    <search aria-label={say("find.label")} className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="relative w-full sm:w-72">
          <Search size={16} aria-hidden className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-muted" />
          <SearchField q={finding.q} onSearch={(q) => changeFinding({ q })} />
        </div>
        <button
          type="button"
          aria-pressed={finding.favorite}
          className={`${buttonClass("quiet")} aria-pressed:border-ink aria-pressed:bg-wash max-sm:px-4`}
          onClick={() => changeFinding({ favorite: !finding.favorite })}
        >
          <Heart size={16} fill={finding.favorite ? "currentColor" : "none"} aria-hidden />
          {say("find.favourites")}
        </button>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={filtersId}
          className={`${buttonClass("quiet")} max-sm:px-4`}
          onClick={() => startTransition(() => setOpen(!open))}
        >
          <SlidersHorizontal size={16} aria-hidden />
          {say("find.filters")}
          {filters > 0 && <span className="rounded-full bg-accent px-2 text-on-accent tabular-nums">{filters}</span>}
        </button>
        <p role="status" className="ml-auto text-small text-muted tabular-nums">
          {problem ?? say("pictures", { count: total })}
        </p>
      </div>
      <div id={filtersId}>
        <Suspense>{open && <FindingFilters finding={finding} sizes={sizes} onChange={changeFinding} />}</Suspense>
      </div>
    </search>
  );
}
