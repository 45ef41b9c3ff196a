import { formatBytes } from "@/components/format";
import type { MakingEvent } from "@/lib/gallery/generation";
import type { Job } from "./making";

/** What an event says about where the work is; null when it says nothing about that. */
export function stateOf(event: MakingEvent): Job["state"] | null {
  if (event.type === "queued") return { phase: "queued", position: event.position };
  if (event.type === "progress") return { phase: "developing", done: event.done, total: event.total };
  if (event.type === "waking") return { phase: "waking" };
  if (event.type === "running") return { phase: "running", usualSeconds: event.usualSeconds };
  if (event.type === "downloading") return { phase: "downloading", bytes: event.bytes, total: event.total };
  return null;
}

/** How far the work is, when that is known: never guessed. */
export function shareOf(state: Job["state"]): { done: number; total: number } | null {
  if (state.phase === "developing") return { done: state.done, total: state.total };
  if (state.phase === "downloading" && state.total) return { done: state.bytes, total: state.total };
  return null;
}

const ordinal = new Intl.PluralRules("en", { type: "ordinal" });
const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

/** Where the work is, in a few words. @param seconds since it began */
export function describeState(state: Job["state"], seconds: number): string {
  if (state.phase === "queued") return describeLine(state.position);
  if (state.phase === "developing") return new Intl.NumberFormat("en", { style: "percent" }).format(state.done / state.total);
  if (state.phase === "running") return `Running, ${seconds} s${state.usualSeconds ? ` · usually ${state.usualSeconds} s` : ""}`;
  if (state.phase === "waking") return `Waking the Space, ${seconds} s`;
  if (state.phase === "downloading")
    return `Downloading, ${formatBytes(state.bytes)}${state.total ? ` of ${formatBytes(state.total)}` : ""}`;
  return "Starting";
}

function describeLine(position: number | null): string {
  if (position === null) return "In line";
  if (position === 1) return "Next in line";
  return `${position}${suffixes[ordinal.select(position)] ?? "th"} in line`;
}
