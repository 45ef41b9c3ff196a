/** The text-to-image models that a provider runs at the moment, as the Hub lists them; three that we know when it does not answer. */
import { z } from "zod";
import type { ImageModel } from "@/lib/gallery/making";
import { readCapped } from "@/lib/generators/elsewhere/body";
import { usualSeconds } from "@/lib/generators/elsewhere/usual-seconds";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";
import { immediateProviders } from "./immediate";
import type { Provider, ProviderId, Route } from "./provider";
import { queuedProviders } from "./queued";
import { settingsOf } from "./settings-of-model";

type KnownModel = { id: string; license: string | null; gated: boolean; routes: Route[] };

const hub = "https://huggingface.co/api/models";
const deadlineMs = 8000;
const largestList = 4 * 1024 * 1024;
const listedForMs = 60 * 60_000;
const askedAgainMs = 60_000;
const mostListed = 40;

/** In the order in which they are preferred: first those that can be asked again for what they accepted. */
const providers = new Map<string, Provider>(
  [...queuedProviders.slice(0, 3), ...immediateProviders, ...queuedProviders.slice(3)].map((provider) => [provider.id, provider]),
);

/** Rough prices for one picture of a megapixel, in dollars, where they are published. */
const prices: Record<string, number> = {
  "Tongyi-MAI/Z-Image-Turbo": 0.005,
  "black-forest-labs/FLUX.1-schnell": 0.003,
  "black-forest-labs/FLUX.1-dev": 0.025,
  "black-forest-labs/FLUX.1-Krea-dev": 0.025,
};

/** For the time when the Hub does not answer. They may have moved since; then the failure says so. */
const fallback: readonly KnownModel[] = [
  {
    ...{ id: "Tongyi-MAI/Z-Image-Turbo", license: "apache-2.0", gated: false },
    routes: [{ provider: "fal-ai", providerId: "fal-ai/z-image/turbo" }],
  },
  {
    ...{ id: "black-forest-labs/FLUX.1-schnell", license: "apache-2.0", gated: true },
    routes: [
      { provider: "hf-inference", providerId: "black-forest-labs/FLUX.1-schnell" },
      { provider: "nscale", providerId: "black-forest-labs/FLUX.1-schnell" },
    ],
  },
  {
    ...{ id: "Qwen/Qwen-Image", license: "apache-2.0", gated: false },
    routes: [{ provider: "fal-ai", providerId: "fal-ai/qwen-image" }],
  },
];

const mappingEntry = z.object({
  provider: z.string(),
  // It becomes part of an address.
  providerId: z.string().regex(/^[\w.:-]+(?:\/[\w.:-]+)*$/),
  status: z.string(),
  task: z.string(),
  adapter: z.string().optional().catch(undefined),
  adapterWeightsPath: z.string().optional().catch(undefined),
});

const modelSchema = z.object({
  id: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  gated: z.union([z.boolean(), z.string()]).nullish(),
  tags: z.array(z.string()).nullish(),
  // A list, or as it once was an object by provider. An entry that cannot be understood is left out.
  inferenceProviderMapping: z
    .union([
      z.array(z.unknown()),
      z
        .record(z.string(), z.object({}).loose())
        .transform((byName) => Object.entries(byName).map(([provider, rest]) => ({ provider, ...rest }))),
    ])
    .nullish(),
});

/** The provider of a route. @throws Failure `model_gone` when it is none that we can ask */
export function providerOf(id: string): Provider {
  const provider = providers.get(id);
  if (!provider) throw new Failure("model_gone", { cause: new Error(`no provider ${id}`) });
  return provider;
}

/** What can be chosen, the default first. Never fails: without the Hub it is what was known last, or the three that we know. */
export async function listModels(first: string): Promise<ImageModel[]> {
  const known = await knownModels();
  return [...known.filter(({ id }) => id === first), ...known.filter(({ id }) => id !== first)].flatMap(describe);
}

/**
 * Where a model runs, the preferred provider first.
 * @throws Failure `model_gone` when no provider runs it
 */
export async function routesOf(model: string): Promise<readonly Route[]> {
  const listed = (await knownModels()).find(({ id }) => id === model);
  const routes = listed?.routes ?? (await askForOne(model))?.routes ?? [];
  if (routes.length === 0) throw new Failure("model_gone", { cause: new Error("no provider runs this model") });
  return routes;
}

function describe({ id, license, gated, routes }: KnownModel): ImageModel[] {
  const provider = providers.get(routes[0]?.provider ?? "");
  if (!provider) return [];
  const price = prices[id] ?? null;
  return [
    {
      ...{ id, page: `https://huggingface.co/${id}`, provider: provider.name, license, gated, price, usualSeconds: usualSeconds(id) },
      ...settingsOf(id, provider),
    },
  ];
}

type Kept = { models: readonly KnownModel[]; until: number; asking: Promise<readonly KnownModel[]> | null };

function knownModels(): Promise<readonly KnownModel[]> {
  const kept = processWide("inference-models", (): Kept => ({ models: fallback, until: 0, asking: null }));
  if (Date.now() < kept.until) return Promise.resolve(kept.models);
  kept.asking ??= askForList()
    .then((models) => Object.assign(kept, { models, until: Date.now() + listedForMs }).models)
    .catch(() => Object.assign(kept, { until: Date.now() + askedAgainMs }).models)
    .finally(() => {
      kept.asking = null;
    });
  return kept.asking;
}

async function askForList(): Promise<readonly KnownModel[]> {
  const expand = ["inferenceProviderMapping", "gated", "tags"].map((field) => `&expand[]=${field}`).join("");
  const wanted = "inference_provider=all&pipeline_tag=text-to-image&sort=trendingScore&limit=100";
  const list = z.array(z.unknown()).parse(await askHub(`${hub}?${wanted}${expand}`));
  const models = list.flatMap((entry) => readModel(entry) ?? []).filter(({ routes }) => routes.length > 0);
  if (models.length === 0) throw new Error("the list of models is empty");
  return models.slice(0, mostListed);
}

async function askForOne(model: string): Promise<KnownModel | null> {
  const expand = "?expand[]=inferenceProviderMapping";
  return readModel(await askHub(`${hub}/${model.split("/").map(encodeURIComponent).join("/")}${expand}`).catch(() => null));
}

async function askHub(address: string): Promise<unknown> {
  const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(deadlineMs), cache: "no-store" });
  if (!answer.ok) throw new Error(`the Hub answered ${answer.status}`);
  return JSON.parse(Buffer.from(await readCapped(answer, { most: largestList })).toString("utf8")) as unknown;
}

function readModel(entry: unknown): KnownModel | null {
  const model = modelSchema.safeParse(entry).data;
  if (!model) return null;
  const mapping = (model.inferenceProviderMapping ?? []).flatMap((route) => mappingEntry.safeParse(route).data ?? []);
  const routes = [...providers.keys()].flatMap((id) =>
    mapping
      .filter(({ provider, status, task }) => provider === id && status === "live" && task === "text-to-image")
      .map(({ providerId, adapter, adapterWeightsPath }) => ({ provider: id as ProviderId, providerId, adapter, adapterWeightsPath })),
  );
  const license = model.tags?.find((tag) => tag.startsWith("license:"))?.slice("license:".length) ?? null;
  return { id: model.id, license, gated: Boolean(model.gated), routes };
}
