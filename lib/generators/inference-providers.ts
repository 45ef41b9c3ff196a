/**
 * Models of the Hub, run by Hugging Face's Inference Providers on the account of the person who asks.
 *
 * A request is sent again only when it was refused, never when it may have been carried out; what a provider has accepted is followed
 * to its end, or until it is cancelled. Every wait, poll and download ends with the caller's signal or the deadline.
 */
import { examine } from "@/lib/generators/elsewhere/examine";
import { isWorthAnotherTry } from "@/lib/generators/elsewhere/failures";
import { noteSeconds, usualSeconds } from "@/lib/generators/elsewhere/usual-seconds";
import type { Account, GeneratedImage, Generator, ImageRequest, MakingOptions } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { follow, read } from "./inference-providers/follow";
import { listModels, providerOf, routesOf } from "./inference-providers/models";
import type { Route } from "./inference-providers/provider";
import { type Call, writeRequest } from "./inference-providers/router";
import { fitted } from "./inference-providers/settings-of-model";
import { Refusal, submit } from "./inference-providers/submit";
import { type Asked, readTicket, writeTicket } from "./inference-providers/ticket";

type Settings = {
  /** The model for those who name none. */
  model: string;
  /** For one picture, from asking to the last byte. */
  deadlineMs?: number;
  /** The first wait between attempts and between polls. */
  pauseMs?: number;
};

type Work = MakingOptions & { account: Account; pauseMs: number };
type Made = { bytes: Uint8Array<ArrayBuffer>; seed: number | undefined; asked: Asked };

/** Generators of this kind differ in their settings only. */
export function createInferenceProviders({ model: usual, deadlineMs = 10 * 60_000, pauseMs = 500 }: Settings): Generator {
  async function generate(request: ImageRequest, options: MakingOptions): Promise<GeneratedImage> {
    const { account, ticket, signal: stopped } = options;
    if (!account) throw new Failure("scope_missing");
    const deadline = AbortSignal.timeout(deadlineMs);
    const work = { ...options, account, pauseMs, signal: AbortSignal.any([stopped, deadline]) };
    const started = Date.now();
    try {
      const { bytes, seed, asked } = ticket
        ? await pickUp(ticket, work)
        : await makeAnew({ ...request, model: request.model ?? usual }, work);
      const facts = await examine(bytes);
      const seconds = (Date.now() - started) / 1000;
      if (!ticket) noteSeconds(asked.model, seconds);
      const parameters = { provider: providerOf(asked.provider).name, ...asked.sent };
      return { bytes, ...facts, model: asked.model, parameters, seed: seed ?? asked.seed };
    } catch (error) {
      stopped.throwIfAborted();
      if (deadline.aborted) throw new Failure("model_late", { cause: error });
      throw error;
    }
  }

  return {
    ...{ id: "inference-providers", label: "Hugging Face models", note: "AI models, paid with your credits", scope: "inference-api" },
    unavailable: () => null,
    models: () => listModels(usual),
    generate,
  };
}

/** At the provider that is preferred; at the next one when that one would not begin. */
async function makeAnew(request: ImageRequest & { model: string }, work: Work): Promise<Made> {
  let refused: Failure | undefined;
  for (const route of await routesOf(request.model)) {
    try {
      return await makeAt(route, request, work);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused = error.failure;
      if (!isWorthAnotherTry(refused.code) && refused.code !== "model_gone") break;
    }
  }
  throw refused;
}

async function makeAt(route: Route, request: ImageRequest & { model: string }, work: Work): Promise<Made> {
  const call: Call = { ...work, provider: providerOf(route.provider) };
  const wanted = fitted(request, request.model, call.provider);
  const asked = { provider: route.provider, model: request.model, sent: settingsIn(wanted), seed: wanted.seed };
  const written = await writeRequest(call, route, wanted);
  work.onProgress({ type: "running", usualSeconds: usualSeconds(request.model) });
  const answer = await submit(call, written);
  const first = read(call, answer, null);
  const path = call.provider.ticketPath(answer);
  if (path !== null && first.state !== "done") work.onAccepted?.(writeTicket({ ...asked, path }));
  return { ...(await follow(call, request.model, path, first)), asked };
}

async function pickUp(text: string, work: Work): Promise<Made> {
  const { path, ...asked } = readTicket(text);
  const call: Call = { ...work, provider: providerOf(asked.provider) };
  return { ...(await follow(call, asked.model, path, { state: "elsewhere", path })), asked };
}

function settingsIn({ steps, guidance, negativePrompt }: ImageRequest): Asked["sent"] {
  return { ...(steps !== undefined && { steps }), ...(guidance !== undefined && { guidance }), ...(negativePrompt && { negativePrompt }) };
}
