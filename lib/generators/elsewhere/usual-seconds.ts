import { processWide } from "@/lib/process-wide";

const remembered = 20;
const fewest = 3;

const durations = () => processWide("model-seconds", () => new Map<string, number[]>());

/** Notes how long a picture of this model took, in seconds. */
export function noteSeconds(model: string, seconds: number): void {
  durations().set(model, [...(durations().get(model) ?? []), seconds].slice(-remembered));
}

/** The median of the last pictures of a model, in seconds; null when there are too few to say. */
export function usualSeconds(model: string): number | null {
  const sorted = [...(durations().get(model) ?? [])].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return sorted.length >= fewest && middle !== undefined ? Math.max(1, Math.round(middle)) : null;
}
