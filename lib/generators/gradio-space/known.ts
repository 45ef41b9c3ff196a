/** What is known about the Space of the settings, for forms and for the owner: looked at now and then, and at every use. */
import { describeFailure, toFailure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import type { Endpoint } from "./endpoint";
import type { SpaceSettings } from "./space";

export type Known = {
  endpoint: Endpoint | null;
  /** One sentence, with the cause for the owner. */
  problem: string | null;
};

type Kept = Known & { until: number; looking: boolean };

const knownForMs = 10 * 60_000;
const failedForMs = 60_000;
const deadlineMs = 4000;

const all = () => processWide("gradio-spaces", () => new Map<string, Kept>());
const keyOf = ({ name, endpoint }: SpaceSettings) => name + endpoint;

/** Keeps what was found out by a person's use. */
export function remember(space: SpaceSettings, endpoint: Endpoint): void {
  all().set(keyOf(space), { endpoint, problem: null, until: Date.now() + knownForMs, looking: false });
}

/**
 * What was found out lately, or else is by looking now; nobody waits for a second look. Never fails: a Space that does not answer is a
 * problem, and no more.
 */
export async function knownAbout(space: SpaceSettings, look: (signal: AbortSignal) => Promise<Endpoint>): Promise<Known> {
  const kept = all().get(keyOf(space));
  if (!kept) return lookNow(space, null, look);
  if (Date.now() > kept.until && !kept.looking) {
    kept.looking = true;
    void lookNow(space, kept.endpoint, look);
  }
  return kept;
}

async function lookNow(space: SpaceSettings, before: Endpoint | null, look: (signal: AbortSignal) => Promise<Endpoint>): Promise<Known> {
  try {
    return { endpoint: await look(AbortSignal.timeout(deadlineMs)), problem: null };
  } catch (error) {
    const { code, cause } = toFailure(error);
    const problem = `${describeFailure(code).message} (${cause instanceof Error ? cause.message : code})`;
    const known = { endpoint: before, problem, until: Date.now() + failedForMs, looking: false };
    all().set(keyOf(space), known);
    return known;
  }
}
