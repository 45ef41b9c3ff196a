import { formatBytes } from "@/components/format";
import type { MakingEvent } from "@/lib/gallery/making";
import type { ClientKey, Words } from "@/lib/language/words";
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

/** Where the work is, in a few words. @param seconds since it began */
export function describeState(words: Words<ClientKey>, state: Job["state"], seconds: number): string {
  const { number, say } = words;
  if (state.phase === "queued") return describeLine(words, state.position);
  if (state.phase === "developing") return number(state.done / state.total, { style: "percent" });
  if (state.phase === "running")
    return state.usualSeconds ? say("making.runningUsually", { seconds, usual: state.usualSeconds }) : say("making.running", { seconds });
  if (state.phase === "waking") return say("making.waking", { seconds });
  if (state.phase !== "downloading") return say("making.starting");
  const bytes = formatBytes(words, state.bytes);
  return state.total
    ? say("making.downloadingOf", { bytes, total: formatBytes(words, state.total) })
    : say("making.downloading", { bytes });
}

function describeLine({ say }: Words<ClientKey>, position: number | null): string {
  if (position === null) return say("making.inLine");
  return position === 1 ? say("making.next") : say("making.position", { count: position });
}
