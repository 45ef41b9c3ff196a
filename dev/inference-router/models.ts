/** The models of the stand-in, as the Hub's API lists them: one for each way in which a provider answers. */
type Mapping = { provider: string; providerId: string; status: "live" | "staging"; task: string };

export type ListedModel = { id: string; gated: false | "auto" | "manual"; tags: string[]; inferenceProviderMapping: Mapping[] };

const at = (provider: string, providerId: string, task = "text-to-image", status: Mapping["status"] = "live"): Mapping => ({
  ...{ provider, providerId, status, task },
});

const model = (id: string, license: string, gated: ListedModel["gated"], mappings: Mapping[]): ListedModel => ({
  ...{ id, gated, tags: ["text-to-image", `license:${license}`], inferenceProviderMapping: mappings },
});

export const models: readonly ListedModel[] = [
  model("Tongyi-MAI/Z-Image-Turbo", "apache-2.0", false, [at("fal-ai", "fal-ai/z-image/turbo")]),
  model("black-forest-labs/FLUX.1-schnell", "apache-2.0", "auto", [
    at("hf-inference", "black-forest-labs/FLUX.1-schnell"),
    at("nscale", "black-forest-labs/FLUX.1-schnell"),
  ]),
  model("Qwen/Qwen-Image", "apache-2.0", false, [at("replicate", "qwen/qwen-image"), at("fal-ai", "fal-ai/qwen-image")]),
  model("black-forest-labs/FLUX.1-dev", "other", "auto", [at("replicate", "black-forest-labs/flux-dev")]),
  model("black-forest-labs/FLUX.1-Krea-dev", "other", "auto", [at("wavespeed", "wavespeed-ai/flux-krea-dev")]),
  model("stabilityai/stable-diffusion-3-medium-diffusers", "other", "auto", [
    at("hf-inference", "stabilityai/stable-diffusion-3-medium-diffusers"),
  ]),
  model("stabilityai/stable-diffusion-3.5-large", "other", "auto", [at("together", "stabilityai/stable-diffusion-3.5-large")]),
  model("stabilityai/sdxl-turbo", "other", false, [at("nscale", "stabilityai/sdxl-turbo")]),
  model("PrunaAI/p-image", "other", false, [at("deepinfra", "PrunaAI/p-image")]),
  model("zai-org/GLM-Image", "mit", false, [at("zai-org", "glm-image")]),
  // Listed, but not to be chosen: nobody runs it for this task, nobody we know runs it, or only to try it out.
  model("black-forest-labs/FLUX.1-Kontext-dev", "other", "auto", [at("fal-ai", "fal-ai/flux-kontext/dev", "image-to-image")]),
  model("example/of-an-unknown-provider", "mit", false, [at("somebody-new", "x")]),
  model("example/in-staging", "mit", false, [at("fal-ai", "fal-ai/staging", "text-to-image", "staging")]),
];
