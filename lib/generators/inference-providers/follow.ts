/** Follows what a provider has accepted to its end. */
import { download } from "@/lib/generators/elsewhere/download";
import { isWorthAnotherTry } from "@/lib/generators/elsewhere/failures";
import { pause } from "@/lib/generators/elsewhere/pause";
import { usualSeconds } from "@/lib/generators/elsewhere/usual-seconds";
import { Failure } from "@/lib/http/errors";
import type { Reading } from "./provider";
import { ask, type Call } from "./router";

/** Polls come quickly at first: most pictures take seconds. */
const slowestPoll = 4;

/** What was accepted may be paid for already: a provider that answers no polls is given about two minutes to come back. */
const pollAttempts = 30;

/** What an answer says. @throws Failure `model_nonsense` when it is not in the provider's format */
export function read({ provider }: Call, answer: unknown, path: string | null): Reading {
  const reading = provider.read(answer, path);
  if (!reading) throw new Failure("model_nonsense", { cause: new Error(`${provider.name} sent what is not in its own format`) });
  return reading;
}

/**
 * The finished picture. Aborting takes the work back where the provider lets one.
 * @param path where to ask; null when the first reading is the last
 * @throws Failure of the provider's report or answers
 */
export async function follow(
  call: Call,
  model: string,
  path: string | null,
  first: Reading,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; seed: number | undefined }> {
  const { provider, signal, onProgress } = call;
  let at = path;
  let reading = first;
  try {
    for (let polls = 1; reading.state !== "done"; polls++) {
      if (reading.state === "failed") throw new Failure(reading.code, { cause: new Error(`${provider.name} reports a failure`) });
      if (at === null) throw new Failure("model_nonsense", { cause: new Error(`${provider.name} does not say where to ask`) });
      if (reading.state === "queued") onProgress({ type: "queued", position: reading.position });
      if (reading.state === "running") onProgress({ type: "running", usualSeconds: usualSeconds(model) });
      if (reading.state === "elsewhere") at = reading.path;
      else await pause(call, Math.min(polls, slowestPoll));
      reading = read(call, await poll(call, at), at);
    }
  } catch (error) {
    if (signal.aborted && at !== null) await takeBack(call, at);
    throw error;
  }
  const { picture, seed } = reading;
  return {
    bytes:
      "bytes" in picture
        ? picture.bytes
        : await download(picture.url, { ...call, name: provider.name, isExpected: liesAt(provider.resultHosts) }),
    seed,
  };
}

/** A poll costs nothing and can be repeated. @throws Failure `model_down` when the picture may still come, and may be asked for again */
async function poll(call: Call, path: string): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(call, path);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // What was accepted and cannot be found any more is not a model that has gone.
      if (error.code === "model_gone") throw new Failure("model_failed", { cause: error });
      if (!isWorthAnotherTry(error.code) && error.code !== "model_late") throw error;
      if (attempt >= pollAttempts) throw new Failure("model_down", { cause: error });
      await pause(call, Math.min(attempt, slowestPoll), error.retryAfterSeconds);
    }
  }
}

/** Where it cannot be done, or not in time, the provider finishes the work and may bill it. */
async function takeBack(call: Call, path: string): Promise<void> {
  const request = call.provider.cancel?.(path);
  if (!request) return;
  await ask({ ...call, signal: AbortSignal.timeout(5000) }, request.path, request.method).catch(() => undefined);
}

/** These names, or names beneath them. */
function liesAt(hosts: readonly string[]): (hostname: string) => boolean {
  return (hostname) => hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
