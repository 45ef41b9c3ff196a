"use client";

import { Download, Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useId, useState } from "react";
import { ApiFailure, failureOf, sentenceOf, unreachable } from "@/components/api-client";
import { buttonClass } from "@/components/button";
import { readJsonLines } from "@/components/json-lines";
import { useWords } from "@/components/language/words-provider";
import type { ClientKey, Words } from "@/lib/language/words";
import { site } from "@/lib/site";
import { Section } from "./section";

type Counts = { imported: number; updated: number; present: number; refused: number };
type Line =
  | { type: "picture"; id: string; outcome: keyof Counts; why: string | null }
  | { type: "done"; counts: Counts; collections: number }
  | { type: "failed"; error: { code: string; message: string; id: string | null } };

type State = {
  phase: "idle" | "sending" | "reading" | "done" | "failed";
  counts: Counts;
  collections: number;
  refusals: { id: string; why: string }[];
  problem: string;
};

const none: Counts = { imported: 0, updated: 0, present: 0, refused: 0 };
const idle: State = { phase: "idle", counts: none, collections: 0, refusals: [], problem: "" };
const mostRefusalsShown = 100;

/** Everything out as one file, and back in, here or on another installation. */
export function TakeAlong() {
  const words = useWords();
  const { say, known } = words;
  const router = useRouter();
  const [state, setState] = useState(idle);
  const inputId = useId();
  const busy = state.phase === "sending" || state.phase === "reading";

  async function bringBack({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const file = currentTarget.files?.[0];
    currentTarget.value = "";
    if (!file || busy) return;
    setState({ ...idle, phase: "sending" });
    try {
      for await (const line of sent(file)) setState((before) => afterLine(before, line));
      router.refresh();
    } catch (error) {
      const problem = sentenceOf(words, error, "error.unreachable");
      setState((before) => ({ ...before, phase: "failed", problem }));
    }
  }

  return (
    <Section id="take-along" title={say("take.title")}>
      <p className="text-muted">{say("take.text", { site: site.name })}</p>
      <div className="flex flex-wrap gap-2">
        <a href="/api/export" download className={buttonClass("quiet")}>
          <Download size={16} aria-hidden="true" /> {say("take.download")}
        </a>
        <label
          htmlFor={inputId}
          aria-disabled={busy}
          className={`${buttonClass("quiet")} cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-edge`}
        >
          <Upload size={16} aria-hidden="true" /> {say("take.bringBack")}
          <input id={inputId} type="file" accept=".zip,application/zip" disabled={busy} onChange={bringBack} className="sr-only" />
        </label>
      </div>
      <div aria-live="polite" className="flex flex-col gap-2 text-small">
        {state.phase !== "idle" && <p className={state.phase === "failed" ? "text-danger" : "text-muted"}>{describe(words, state)}</p>}
        {state.refusals.length > 0 && (
          <details className="text-muted">
            <summary className="inline-flex min-h-11 items-center">{say("take.notTakenIn")}</summary>
            <ul className="flex flex-col gap-1">
              {state.refusals.map(({ id, why }) => (
                <li key={id} className="wrap-anywhere">
                  {id}: {known(`take.why.${why}`) ?? why}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Section>
  );
}

async function* sent(file: File): AsyncIterable<Line> {
  const response = await fetch("/api/import", { method: "POST", headers: { "content-type": "application/zip" }, body: file });
  if (!response.ok) throw await failureOf(response);
  let ended = false;
  for await (const line of readJsonLines<Line>(response)) {
    if (line.type === "failed") throw new ApiFailure(line.error.code, line.error.message, line.error.id);
    ended = line.type === "done";
    yield line;
  }
  if (!ended) throw unreachable();
}

function afterLine(before: State, line: Line): State {
  if (line.type === "done") return { ...before, phase: "done", counts: line.counts, collections: line.collections };
  if (line.type === "failed") return before;
  const { id, outcome, why } = line;
  const shown = why !== null && before.refusals.length < mostRefusalsShown;
  const refusals = shown ? [...before.refusals, { id, why }] : before.refusals;
  return { ...before, phase: "reading", counts: { ...before.counts, [outcome]: before.counts[outcome] + 1 }, refusals };
}

function describe({ language, say }: Words<ClientKey>, { phase, counts, collections, problem }: State): string {
  if (phase === "sending") return say("take.sending");
  const { imported, updated, present, refused } = counts;
  const pictures = (count: number) => ({ pictures: say("pictures", { count }) });
  const parts = [say("take.imported", pictures(imported))];
  if (updated) parts.push(say("take.updated", pictures(updated)));
  if (collections) parts.push(say("collections.count", { count: collections }));
  if (present) parts.push(say("take.present", pictures(present)));
  if (refused) parts.push(say("take.refused", pictures(refused)));
  const sum = say("take.sum", { parts: new Intl.ListFormat(language, { type: "unit" }).format(parts) });
  if (phase === "failed") return imported + updated > 0 ? say("take.untilThen", { problem, sum }) : problem;
  return phase === "reading" ? say("take.soFar", { sum }) : sum;
}
