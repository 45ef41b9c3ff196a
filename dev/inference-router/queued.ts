/** Providers that take a request on and are asked again. */
import { sendJson } from "./answer.ts";
import { sizeIn } from "./immediate.ts";
import type { Job, Phase } from "./job.ts";
import type { Provider } from "./provider.ts";
import { refusals } from "./scenario.ts";

/** Where the file of a job lies: on the provider's own host, unless it is to be somewhere that nobody must ask. */
const fileAt = (host: string, { id, ways }: Job) =>
  ways.has("private-address") ? "https://169.254.169.254/latest/meta-data/" : `https://${host}/files/${id}.png`;

const falStatus = ({ id }: Job, phase: Phase, app: string) => ({
  request_id: id,
  response_url: `https://queue.fal.run/${app}/requests/${id}`,
  status:
    phase.name === "queued" ? "IN_QUEUE" : phase.name === "running" ? "IN_PROGRESS" : phase.name === "failed" ? "FAILED" : "COMPLETED",
  ...(phase.name === "queued" && { queue_position: phase.before }),
});

// Beneath the first two parts of a model's name lie its requests.
const falPath = /^\/([\w-]+\/[\w.-]+)\/requests\/([\w-]+)(\/status|\/cancel)?$/;

const fal: Provider = {
  modelAsked: (path) => (falPath.test(path) ? null : path.slice(1)),
  wanted: ({ prompt, image_size, seed }) => ({ prompt, seed, ...(image_size as object | undefined) }),
  accept: (job, phase, response) => sendJson(response, 200, falStatus(job, phase, "fal-ai/app")),
  about: (path, method, find, phase, response) => {
    const [, app = "", id = "", part] = path.match(falPath) ?? [];
    const job = find(id);
    if (!job) return false;
    if (part === "/cancel" && method === "PUT") {
      job.cancelled = true;
      sendJson(response, 202, { status: "CANCELLATION_REQUESTED" });
    } else if (part === "/status") sendJson(response, 200, falStatus(job, phase(job), app));
    else if (job.ways.has("refused")) sendJson(response, 422, refusals.refused?.body ?? {});
    else sendJson(response, 200, { images: [{ url: fileAt("v3.fal.media", job) }], seed: job.wanted.seed, has_nsfw_concepts: [false] });
    return true;
  },
};

const replicateNames = { queued: "starting", running: "processing", done: "succeeded", failed: "failed", cancelled: "canceled" } as const;

const prediction = (job: Job, phase: Phase) => {
  const refused = job.ways.has("refused") && phase.name === "done";
  return {
    id: job.id,
    status: refused ? "failed" : replicateNames[phase.name],
    output: phase.name === "done" && !refused ? [fileAt("replicate.delivery", job)] : null,
    error: refused ? "NSFW content detected. Try running it again, or try a different prompt." : null,
    urls: { get: `https://api.replicate.com/v1/predictions/${job.id}` },
  };
};

const replicate: Provider = {
  modelAsked: (path) => path.match(/^\/v1\/models\/(.+)\/predictions$/)?.[1] ?? null,
  wanted: ({ input }) => {
    const { aspect_ratio: ratio, ...rest } = input as Record<string, unknown>;
    const known: Record<string, object> = {
      ...{ "1:1": { width: 1024, height: 1024 }, "2:3": { width: 832, height: 1248 }, "3:2": { width: 1248, height: 832 } },
      ...{ "9:16": { width: 768, height: 1365 }, "16:9": { width: 1365, height: 768 } },
    };
    return { ...rest, ...known[String(ratio)] };
  },
  accept: (job, phase, response) => sendJson(response, 201, prediction(job, phase)),
  about: (path, method, find, phase, response) => {
    const [, id = "", part] = path.match(/^\/v1\/predictions\/([\w-]+)(\/cancel)?$/) ?? [];
    const job = find(id);
    if (!job) return false;
    if (part && method === "POST") job.cancelled = true;
    sendJson(response, 200, prediction(job, phase(job)));
    return true;
  },
};

const wavespeedNames = { queued: "created", running: "processing", done: "completed", failed: "failed", cancelled: "failed" } as const;

const task = (job: Job, phase: Phase) => {
  const refused = job.ways.has("refused") && phase.name === "done";
  const done = phase.name === "done" && !refused;
  return {
    code: 200,
    message: "success",
    data: {
      ...{ id: job.id, status: refused ? "failed" : wavespeedNames[phase.name] },
      outputs: done ? [fileAt("d1q70pf5vjeyhc.cloudfront.net", job)] : [],
      error: refused ? "Content flagged as potentially sensitive. Please try different prompts." : "",
      urls: { get: `https://api.wavespeed.ai/api/v3/predictions/${job.id}/result` },
    },
  };
};

const wavespeed: Provider = {
  modelAsked: (path) => path.match(/^\/api\/v3\/((?!predictions\/).+)$/)?.[1] ?? null,
  wanted: ({ prompt, size, seed }) => ({ prompt, seed, ...sizeIn(size) }),
  accept: (job, phase, response) => sendJson(response, 200, task(job, phase)),
  about: (path, _method, find, phase, response) => {
    const job = find(path.match(/^\/api\/v3\/predictions\/([\w-]+)\/result$/)?.[1] ?? "");
    if (job) sendJson(response, 200, task(job, phase(job)));
    return job !== undefined;
  },
};

const zaiNames = { queued: "PROCESSING", running: "PROCESSING", done: "SUCCESS", failed: "FAIL", cancelled: "FAIL" } as const;

const asyncResult = (job: Job, phase: Phase) => ({
  ...{ id: job.id, request_id: job.id, model: "glm-image", task_status: zaiNames[phase.name] },
  ...(phase.name === "done" && { image_result: [{ url: fileAt("mfile.z.ai", job) }] }),
});

const zai: Provider = {
  modelAsked: (path, { model }) => (path === "/api/paas/v4/async/images/generations" ? String(model) : null),
  wanted: ({ prompt, size }) => ({ prompt, ...sizeIn(size) }),
  accept: (job, phase, response) =>
    job.ways.has("refused")
      ? sendJson(response, 400, { error: { code: "1301", message: "System detected potentially unsafe or sensitive content" } })
      : sendJson(response, 200, asyncResult(job, phase)),
  about: (path, _method, find, phase, response) => {
    const job = find(path.match(/^\/api\/paas\/v4\/async-result\/([\w-]+)$/)?.[1] ?? "");
    if (job) sendJson(response, 200, asyncResult(job, phase(job)));
    return job !== undefined;
  },
};

export const queued: Record<string, Provider> = { "fal-ai": fal, replicate, wavespeed, "zai-org": zai };
