/**
 * A Space as generator: an endpoint of any Gradio app on the Hub, called in the name of the person who asks.
 *
 * The person's token goes to the Hub, to the Space's own host, and nowhere else. Every request has a deadline and a cap; what the Space
 * says about itself, its queue and its files is checked before it is used.
 */
import type { ImageModel } from "@/lib/gallery/making";
import { examine } from "@/lib/generators/elsewhere/examine";
import { checkedToken } from "@/lib/generators/elsewhere/token";
import { noteSeconds, usualSeconds } from "@/lib/generators/elsewhere/usual-seconds";
import type { GeneratedImage, Generator, ImageRequest, MakingOptions } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import type { Visit } from "./gradio-space/ask";
import { describeEndpoint, type Endpoint } from "./gradio-space/endpoint";
import { type Known, knownAbout, remember } from "./gradio-space/known";
import { pictureIn } from "./gradio-space/picture";
import { call } from "./gradio-space/queue";
import { onceAwake, originOf, type SpaceSettings } from "./gradio-space/space";
import { mustTakeWords, settingsOf, valuesFor } from "./gradio-space/values";

type Options = {
  /** For one picture, from asking to the last byte. */
  deadlineMs?: number;
  /** The first wait between attempts, and a tenth of that between looks at a Space that wakes up. */
  pauseMs?: number;
  /** How long a Space may take to wake up. */
  wakingMs?: number;
  /** How long a Space may say nothing. */
  silenceMs?: number;
};

/** @param settings the Space, as often as it is asked for; without one the generator does not exist */
export function createGradioSpace(settings: () => SpaceSettings | null, options: Options = {}): Generator {
  const { deadlineMs = 10 * 60_000, pauseMs = 500, wakingMs = 5 * 60_000, silenceMs = 60_000 } = options;

  async function generate(request: ImageRequest, { account, signal: stopped, onProgress }: MakingOptions): Promise<GeneratedImage> {
    const space = settings();
    if (!space) throw new Failure("generator_unavailable");
    if (!account) throw new Failure("scope_missing");
    if (request.model !== undefined && request.model !== space.name) throw new Failure("space_gone");
    const deadline = AbortSignal.timeout(deadlineMs);
    const visit: Visit = { token: checkedToken(account), signal: AbortSignal.any([stopped, deadline]) };
    try {
      const origin = await originOf(space, visit);
      const look = () => describe(origin, space, visit);
      const endpoint = await onceAwake(space, visit, { look, onProgress, pauseMs: pauseMs * 10, patienceMs: wakingMs });
      const started = Date.now();
      const { values, sent, seed } = valuesFor(endpoint, request);
      const answer = await call(endpoint, values, { ...visit, onProgress, usualSeconds: usualSeconds(space.name), silenceMs });
      const bytes = await pictureIn(answer, { root: endpoint.root, origin }, { ...visit, onProgress, pauseMs });
      const facts = await examine(bytes);
      noteSeconds(space.name, (Date.now() - started) / 1000);
      return { bytes, ...facts, model: space.name, parameters: { endpoint: space.endpoint, ...sent }, seed };
    } catch (error) {
      stopped.throwIfAborted();
      if (deadline.aborted) throw new Failure("space_late", { cause: error });
      throw error;
    }
  }

  return {
    ...{ id: "gradio-space", label: "Hugging Face Space", inTheirName: true },
    get note() {
      return `Made by the Space ${settings()?.name ?? ""}`;
    },
    isInstalled: () => settings() !== null,
    unavailable: () => null,
    models: async () => {
      const space = settings();
      return space ? [modelOf(space, await known(space))] : [];
    },
    problem: async () => {
      const space = settings();
      return space && (await known(space)).problem;
    },
    generate,
  };
}

async function describe(origin: string, space: SpaceSettings, visit: Visit): Promise<Endpoint> {
  const endpoint = await describeEndpoint(origin, space, visit);
  mustTakeWords(endpoint);
  remember(space, endpoint);
  return endpoint;
}

/** For the form and the owner: as a stranger sees it, or as the last person who used it did. */
function known(space: SpaceSettings): Promise<Known> {
  return knownAbout(space, async (signal) => {
    const visit = { token: null, signal };
    return describe(await originOf(space, visit), space, visit);
  });
}

/** In the form a Space is a model among no others. Of one that does not describe itself to strangers only words and size are asked. */
function modelOf({ name }: SpaceSettings, { endpoint }: Known): ImageModel {
  return {
    ...{ id: name, page: `https://huggingface.co/spaces/${name}`, provider: null, license: null, gated: false, price: null },
    usualSeconds: usualSeconds(name),
    ...(endpoint ? settingsOf(endpoint) : { steps: null, guidance: null, negativePrompt: false, seed: true }),
  };
}
