/** The Space: which one it is, where it answers, and whether it runs. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { attempts } from "@/lib/generators/elsewhere/pause";
import type { Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { askJson, type Visit } from "./ask";

/** Of the settings: `owner/name`, and the name of an endpoint with its slash. */
export type SpaceSettings = { name: string; endpoint: string };

const hub = "https://huggingface.co/api/spaces";
const hostSchema = z.object({ host: z.string() });
const runtimeSchema = z.object({ stage: z.string() });

/** Stages out of which a Space comes by itself, once somebody has asked for it. */
const rising = /^(?:SLEEPING|STOPPED|BUILDING|APP_STARTING)$/;
const running = /^RUNNING/;

/**
 * The origin at which the Hub says that the Space answers: always one of `hf.space`.
 * @throws Failure `space_gone`, `access_ended`, `space_down`
 */
export async function originOf({ name }: SpaceSettings, visit: Visit): Promise<string> {
  const { data } = hostSchema.safeParse(await askJson(`${hub}/${name}/host`, visit));
  const url = data && URL.canParse(data.host) ? new URL(data.host) : null;
  const isOfTheHub = url?.protocol === "https:" && !url.port && /^[a-z0-9-]+\.hf\.space$/.test(url.hostname);
  if (!isOfTheHub) throw new Failure("space_down", { cause: new Error("the Hub names no host of its own for the Space") });
  return url.origin;
}

/** Whether a host is the Space's own, or that of one of its replicas. */
export function isHostOf(origin: string, hostname: string): boolean {
  const own = new URL(origin).hostname;
  const replica = new RegExp(`^${own.replace(".hf.space", "")}--[a-z0-9-]+\\.hf\\.space$`);
  return hostname === own || replica.test(hostname);
}

/**
 * What `look` finds at a Space, as soon as the Space is awake; looking is what wakes it.
 * @throws Failure of `look`, after a third attempt at a Space that runs; `space_down` when it will not run; `space_asleep` when it takes
 *   longer than `patienceMs`
 */
export async function onceAwake<Found>(
  { name }: SpaceSettings,
  visit: Visit,
  { look, onProgress, pauseMs, patienceMs }: Awaiting<Found>,
): Promise<Found> {
  let looksWhileRunning = 0;
  for (const started = Date.now(); ; await delay(pauseMs, undefined, { signal: visit.signal })) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "space_down") throw error;
      const { stage = "unknown" } = runtimeSchema.safeParse(await askJson(`${hub}/${name}/runtime`, visit)).data ?? {};
      // The Hub may say so a moment before the Space answers.
      if (running.test(stage)) looksWhileRunning += 1;
      if (looksWhileRunning >= attempts) throw error;
      if (!running.test(stage) && !rising.test(stage))
        throw new Failure("space_down", { cause: new Error(`the Space is in stage ${stage}`) });
      if (Date.now() - started >= patienceMs) throw new Failure("space_asleep", { cause: new Error("the Space did not wake up in time") });
      if (!running.test(stage)) onProgress({ type: "waking" });
    }
  }
}

type Awaiting<Found> = {
  look: () => Promise<Found>;
  onProgress: (progress: Progress) => void;
  /** Between looks. */
  pauseMs: number;
  patienceMs: number;
};
