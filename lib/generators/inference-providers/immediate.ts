/** Providers that answer with the picture itself, while the request waits. */
import { z } from "zod";
import type { ImageRequest } from "@/lib/generators/generator";
import type { Provider, ProviderId, Setting } from "./provider";

const base64 = z.object({ data: z.array(z.object({ b64_json: z.base64() })).min(1) });

type Immediate = { name: string; passes: readonly Setting[]; parameters: Provider["parameters"] };

function immediate(id: ProviderId, { name, passes, parameters }: Immediate): Provider {
  return {
    ...{ id, name, passes, parameters, ticketPath: () => null, cancel: null, resultHosts: [] },
    read: (body) => {
      if (body instanceof Uint8Array) return { state: "done", picture: { bytes: Uint8Array.from(body) } };
      const data = base64.safeParse(body).data?.data[0];
      return data ? { state: "done", picture: { bytes: Uint8Array.from(Buffer.from(data.b64_json, "base64")) } } : null;
    },
  };
}

// The endpoints in the manner of OpenAI know a size and nothing else of what we offer.
const sizeOnly = ({ width, height }: ImageRequest) => ({ size: `${width}x${height}` });

const everything = ({ width, height, steps, guidance, negativePrompt, seed }: ImageRequest) => ({
  ...{ width, height, num_inference_steps: steps, guidance_scale: guidance, negative_prompt: negativePrompt, seed },
});

export const immediateProviders: readonly Provider[] = [
  immediate("hf-inference", { name: "HF Inference", passes: ["steps", "guidance", "negativePrompt", "seed"], parameters: everything }),
  immediate("together", { name: "Together AI", passes: ["steps", "guidance", "negativePrompt", "seed"], parameters: everything }),
  immediate("nscale", { name: "Nscale", passes: [], parameters: sizeOnly }),
  immediate("deepinfra", { name: "DeepInfra", passes: [], parameters: sizeOnly }),
];
