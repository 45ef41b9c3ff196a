/** How long models usually take, by what was made here: in memory, and in a file so that a restart does not forget it. */
import { readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { processWide } from "@/lib/process-wide";

const remembered = 20;
const fewest = 3;
const mostModels = 200;

const durationsSchema = z.record(z.string().max(200), z.array(z.number().positive()).max(remembered));

type Kept = { file: string | null; durations: Map<string, number[]>; writing: Promise<void> };

const kept = () => processWide("model-seconds", (): Kept => ({ file: null, durations: new Map(), writing: Promise.resolve() }));

/** From now on what is noted is kept in this file, and what it holds is known. One that cannot be read is begun anew. */
export function keepSecondsIn(file: string): void {
  const state = kept();
  state.file = file;
  try {
    const known = durationsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    state.durations = new Map([...Object.entries(known), ...state.durations]);
  } catch {
    // There is none yet, or it is no good: nothing is lost but a hint.
  }
}

/** Notes how long a picture of this model took, in seconds. */
export function noteSeconds(model: string, seconds: number): void {
  const state = kept();
  const { file, durations } = state;
  const known = durations.get(model) ?? [];
  // The models that were used last are the last, and the first make way for them.
  durations.delete(model);
  durations.set(model, [...known, seconds].slice(-remembered));
  const [oldest] = durations.keys();
  if (oldest !== undefined && durations.size > mostModels) durations.delete(oldest);
  if (file !== null) state.writing = state.writing.then(() => write(file, JSON.stringify(Object.fromEntries(durations))));
}

/** The median of the last pictures of a model, in seconds; null when there are too few to say. */
export function usualSeconds(model: string): number | null {
  const sorted = [...(kept().durations.get(model) ?? [])].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return sorted.length >= fewest && middle !== undefined ? Math.max(1, Math.round(middle)) : null;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  } catch {
    // Then a restart forgets it.
  }
}
