/** Providers that take a request on, answer with where to ask for it, and say by and by how it goes. */
import { z } from "zod";
import { isAboutContent } from "@/lib/generators/elsewhere/failures";
import type { Provider, Reading } from "./provider";

// Paths come from answers: only what can be nothing but a path below the provider's own is used.
const path = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;
const pathOf = (address: string) => (URL.canParse(address) && path.test(new URL(address).pathname) ? new URL(address).pathname : null);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);
const seed = z.int().nonnegative().optional().catch(undefined);
const failed: Reading = { state: "failed", code: "model_failed" };
const refused: Reading = { state: "failed", code: "model_refused" };

const falQueue = "?_subdomain=queue";
const falAnswer = z.object({
  status: z.string().optional(),
  queue_position: z.int().nonnegative().nullish(),
  images: z
    .array(z.object({ url: z.string() }))
    .min(1)
    .optional(),
  has_nsfw_concepts: z.array(z.boolean()).optional(),
  error: z.unknown().optional(),
  seed,
});

const falAi: Provider = {
  id: "fal-ai",
  name: "fal",
  passes: ["steps", "guidance", "negativePrompt", "seed"],
  // The package sends `width` and `height`, which fal does not know.
  parameters: ({ width, height, steps, guidance, negativePrompt, seed }) => ({
    ...{ image_size: { width, height }, num_inference_steps: steps, guidance_scale: guidance, negative_prompt: negativePrompt, seed },
  }),
  ticketPath: (body) => {
    const address = z.object({ response_url: z.string() }).safeParse(body).data?.response_url;
    const result = address && pathOf(address);
    return result ? `/fal-ai${result}/status${falQueue}` : null;
  },
  read: (body, asked) => {
    const answer = falAnswer.safeParse(body).data;
    if (!answer) return null;
    const { status, images, queue_position: before } = answer;
    if (images?.[0]) return answer.has_nsfw_concepts?.[0] ? refused : { state: "done", picture: images[0], seed: answer.seed };
    if (status === "IN_QUEUE") return { state: "queued", position: typeof before === "number" ? before + 1 : null };
    if (status === "IN_PROGRESS") return { state: "running" };
    if (status === "COMPLETED" && asked && !answer.error) return { state: "elsewhere", path: asked.replace("/status?", "?") };
    return status === undefined ? null : isAboutContent(JSON.stringify(answer.error)) ? refused : failed;
  },
  cancel: (asked) => ({ method: "PUT", path: asked.replace(/(?:\/status)?\?/, "/cancel?") }),
  resultHosts: ["fal.media"],
};

const replicateAnswer = z.object({
  id,
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
  output: z.union([z.string(), z.array(z.string()).min(1)]).nullish(),
  error: z.unknown().optional(),
});

const shapes = [
  ["1:1", 1],
  ["2:3", 2 / 3],
  ["3:2", 3 / 2],
  ["9:16", 9 / 16],
  ["16:9", 16 / 9],
] as const;

const nearestShape = (width: number, height: number) =>
  shapes.reduce((best, shape) => (Math.abs(shape[1] - width / height) < Math.abs(best[1] - width / height) ? shape : best))[0];

const replicate: Provider = {
  id: "replicate",
  name: "Replicate",
  passes: ["steps", "guidance", "negativePrompt", "seed"],
  // Flux models there know shapes, not sizes, and call guidance by another name.
  parameters: ({ width, height, steps, guidance, negativePrompt, seed }, model) => ({
    ...(/flux/i.test(model)
      ? { aspect_ratio: nearestShape(width, height), output_format: "png", guidance }
      : { width, height, guidance_scale: guidance }),
    ...{ num_inference_steps: steps, negative_prompt: negativePrompt, seed },
  }),
  ticketPath: (body) => {
    const answer = replicateAnswer.safeParse(body).data;
    return answer ? `/replicate/v1/predictions/${answer.id}` : null;
  },
  read: (body) => {
    const answer = replicateAnswer.safeParse(body).data;
    if (!answer) return null;
    if (answer.status === "starting") return { state: "queued", position: null };
    if (answer.status === "processing") return { state: "running" };
    const url = Array.isArray(answer.output) ? answer.output[0] : answer.output;
    if (answer.status === "succeeded") return url ? { state: "done", picture: { url } } : null;
    return isAboutContent(answer.error) ? refused : failed;
  },
  cancel: (asked) => ({ method: "POST", path: `${asked}/cancel` }),
  resultHosts: ["replicate.delivery"],
};

const wavespeedAnswer = z.object({
  data: z.object({
    id,
    status: z.string(),
    outputs: z.array(z.string()).nullish(),
    has_nsfw_contents: z.array(z.boolean()).nullish(),
    error: z.unknown().optional(),
  }),
});

const wavespeed: Provider = {
  id: "wavespeed",
  name: "WaveSpeed",
  passes: ["steps", "guidance", "seed"],
  parameters: ({ width, height, steps, guidance, seed }) => ({
    ...{ size: `${width}*${height}`, num_inference_steps: steps, guidance_scale: guidance, seed },
  }),
  ticketPath: (body) => {
    const answer = wavespeedAnswer.safeParse(body).data;
    return answer ? `/wavespeed/api/v3/predictions/${answer.data.id}/result` : null;
  },
  read: (body) => {
    const answer = wavespeedAnswer.safeParse(body).data?.data;
    if (!answer) return null;
    if (answer.status === "created" || answer.status === "pending") return { state: "queued", position: null };
    if (answer.status === "processing") return { state: "running" };
    if (answer.status !== "completed") return isAboutContent(answer.error) ? refused : failed;
    if (answer.has_nsfw_contents?.[0]) return refused;
    const url = answer.outputs?.[0];
    return url ? { state: "done", picture: { url } } : null;
  },
  cancel: null,
  resultHosts: ["d1q70pf5vjeyhc.cloudfront.net"],
};

const zaiAnswer = z.object({ id, task_status: z.string(), image_result: z.array(z.object({ url: z.string() })).nullish() });

const zaiOrg: Provider = {
  id: "zai-org",
  name: "Z.ai",
  passes: [],
  parameters: ({ width, height }) => ({ size: `${width}x${height}` }),
  ticketPath: (body) => {
    const answer = zaiAnswer.safeParse(body).data;
    return answer ? `/zai-org/api/paas/v4/async-result/${answer.id}` : null;
  },
  read: (body) => {
    const answer = zaiAnswer.safeParse(body).data;
    if (!answer) return null;
    if (answer.task_status === "PROCESSING") return { state: "running" };
    if (answer.task_status !== "SUCCESS") return failed;
    const picture = answer.image_result?.[0];
    return picture ? { state: "done", picture } : null;
  },
  cancel: null,
  resultHosts: ["mfile.z.ai"],
};

export const queuedProviders: readonly Provider[] = [falAi, replicate, wavespeed, zaiOrg];
