import type { Draft } from "@/components/prompt/draft";
import type { Generation } from "@/lib/gallery/generation";
import type { MakingRequest } from "./making";

/** What would make this picture again, as far as its manifest tells. */
export function requestOf({ prompt, width, height, seed, generator, model, parameters }: Generation): MakingRequest {
  const { steps, guidance, negativePrompt } = parameters;
  return {
    ...{ prompt, width, height, seed, generator },
    ...(model !== null && { model }),
    ...(typeof steps === "number" && { steps }),
    ...(typeof guidance === "number" && { guidance }),
    ...(typeof negativePrompt === "string" && { negativePrompt }),
  };
}

/** The same in the form. */
export function draftOf({ prompt, seed, generator, model, steps, guidance, negativePrompt }: MakingRequest): Partial<Draft> {
  return {
    ...{ prompt, seed: seed ?? null, engine: generator ?? null, model: model ?? null },
    ...{ steps: steps ?? null, guidance: guidance ?? null, negativePrompt: negativePrompt ?? "" },
  };
}
