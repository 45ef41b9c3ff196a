/** What models take beside words and size. The Hub does not tell it; their families do. */
import type { ImageModel } from "@/lib/gallery/making";
import type { ImageRequest } from "@/lib/generators/generator";
import type { Provider } from "./provider";

type Taken = Pick<ImageModel, "steps" | "guidance" | "negativePrompt" | "seed">;

/** The first that fits counts. A model of no known family is asked for nothing that it might refuse. */
const families: readonly { names: RegExp; takes: Omit<Taken, "seed"> }[] = [
  // Distilled models were taught one guidance, and need few steps.
  { names: /z-image-turbo/i, takes: { steps: { usual: 8, most: 20 }, guidance: null, negativePrompt: false } },
  { names: /schnell|turbo|lightning|klein|hyper-sd/i, takes: { steps: { usual: 4, most: 12 }, guidance: null, negativePrompt: false } },
  { names: /flux/i, takes: { steps: { usual: 28, most: 50 }, guidance: { usual: 3.5, most: 10 }, negativePrompt: false } },
  {
    names: /stable-diffusion|sdxl|qwen-image|kolors|playground|animagine|z-image/i,
    takes: { steps: { usual: 30, most: 50 }, guidance: { usual: 5, most: 15 }, negativePrompt: true },
  },
];

const nothing = { steps: null, guidance: null, negativePrompt: false };

/** What a model takes when this provider runs it. */
export function settingsOf(model: string, { passes }: Provider): Taken {
  const { steps, guidance, negativePrompt } = families.find(({ names }) => names.test(model))?.takes ?? nothing;
  return {
    steps: passes.includes("steps") ? steps : null,
    guidance: passes.includes("guidance") ? guidance : null,
    negativePrompt: negativePrompt && passes.includes("negativePrompt"),
    seed: passes.includes("seed"),
  };
}

/** Providers and models differ in the largest seed; half of ours fits all of them. */
const seeds = 2 ** 31;

/** The request without what the model does not take, and within what it does. */
export function fitted(request: ImageRequest, model: string, provider: Provider): ImageRequest {
  const takes = settingsOf(model, provider);
  return {
    ...{ prompt: request.prompt, width: request.width, height: request.height, model, seed: request.seed % seeds },
    ...(takes.steps && request.steps !== undefined && { steps: Math.min(request.steps, takes.steps.most) }),
    ...(takes.guidance && request.guidance !== undefined && { guidance: Math.min(request.guidance, takes.guidance.most) }),
    ...(takes.negativePrompt && request.negativePrompt && { negativePrompt: request.negativePrompt }),
  };
}
