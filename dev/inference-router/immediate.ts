/** Providers that answer with the picture itself. */
import type { ServerResponse } from "node:http";
import { sendHuge, sendJson } from "./answer.ts";
import { fileOf, type Job } from "./job.ts";
import type { Provider } from "./provider.ts";

const inBase64 = async (job: Job, response: ServerResponse): Promise<void> => {
  if (job.ways.has("huge")) return sendHuge(response, "application/json", false);
  sendJson(response, 200, { data: [{ b64_json: (await fileOf(job, "jpeg")).toString("base64") }] });
};

const sizeIn = (text: unknown): { width?: number; height?: number } => {
  const [, width, height] = String(text ?? "").match(/^(\d+)[x*](\d+)$/) ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : {};
};

const likeOpenAi = (path: string): Provider => ({
  modelAsked: (asked, { model }) => (asked === path ? String(model) : null),
  wanted: ({ prompt, size }) => ({ prompt, ...sizeIn(size) }),
  accept: (job, _phase, response) => inBase64(job, response),
});

const hfInference: Provider = {
  modelAsked: (path) => path.match(/^\/models\/(.+)$/)?.[1] ?? null,
  wanted: ({ inputs, parameters }) => ({ prompt: inputs, ...(parameters as object) }),
  accept: async (job, _phase, response) => {
    if (job.ways.has("huge")) return sendHuge(response, "image/jpeg", false);
    const bytes = await fileOf(job, "jpeg");
    response.writeHead(200, { "content-type": "image/jpeg", "content-length": bytes.length }).end(bytes);
  },
};

const together: Provider = {
  modelAsked: (path, { model }) => (path === "/v1/images/generations" ? String(model) : null),
  wanted: (body) => body,
  accept: (job, _phase, response) => inBase64(job, response),
};

export { sizeIn };

export const immediate: Record<string, Provider> = {
  "hf-inference": hfInference,
  together,
  nscale: likeOpenAi("/v1/images/generations"),
  deepinfra: likeOpenAi("/v1/openai/images/generations"),
};
