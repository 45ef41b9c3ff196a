/**
 * Stands in for Hugging Face's list of models, for router.huggingface.co with the wire formats of its providers, for a few Spaces with
 * Gradio (`dev/gradio-spaces.ts`), and for the hosts where results lie; `dev/reroute.ts` leads a process to it. What is in square brackets in a prompt says how it goes wrong
 * (`dev/inference-router/scenario.ts`). The host that was meant is the first part of the path.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createGradioSpaces } from "./gradio-spaces.ts";
import { readJson, sendHuge, sendJson, sendSlowly } from "./inference-router/answer.ts";
import { immediate } from "./inference-router/immediate.ts";
import { fileOf, isUnanswered, type Job, newJob, phaseOf } from "./inference-router/job.ts";
import { models } from "./inference-router/models.ts";
import type { Provider } from "./inference-router/provider.ts";
import { queued } from "./inference-router/queued.ts";
import { refusals, type Way } from "./inference-router/scenario.ts";

/** One request that reached the stand-in, as far as a test may want to know it. */
export type Seen = {
  method: string;
  host: string;
  path: string;
  authorization: string | undefined;
  billTo: string | undefined;
  body: object;
};

export type RunningInferenceRouter = { origin: string; seen: readonly Seen[]; close(): Promise<void> };

const providers: Record<string, Provider> = { ...immediate, ...queued };

/** @param settings `paceMs`: of the steps that a job takes, 500 unless told otherwise */
export async function startInferenceRouter({
  port = 0,
  paceMs = 500,
}: {
  port?: number;
  paceMs?: number;
} = {}): Promise<RunningInferenceRouter> {
  const jobs = new Map<string, Job>();
  const refusedOnce = new Set<string>();
  const seen: Seen[] = [];
  const phase = (job: Job) => phaseOf(job, paceMs);
  const spaces = createGradioSpaces(paceMs);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://stand-in");
    const [, host = "", ...parts] = pathname.split("/");
    const path = `/${parts.join("/")}`;
    const body = request.method === "POST" ? await readJson(request) : {};
    const { authorization } = request.headers;
    const billTo = request.headers["x-hf-bill-to"] as string | undefined;
    seen.push({ method: request.method ?? "GET", host, path, authorization, billTo, body });
    if (host.endsWith(".hf.space")) return spaces.answer(host, path, searchParams, body, response);
    if (path.startsWith("/api/spaces/")) return spaces.describe(path, response);
    if (host === "huggingface.co") return listModels(path, searchParams, response);
    if (host === "router.huggingface.co") return asProvider(request, path, body, response);
    return sendFile(path, response);
  }

  function listModels(path: string, asked: URLSearchParams, response: ServerResponse): void {
    const id = path.match(/^\/api\/models\/(.+)$/)?.[1];
    const isList = path === "/api/models" && asked.get("pipeline_tag") === "text-to-image";
    const found = isList ? [...models] : models.find((entry) => entry.id === id);
    sendJson(response, found ? 200 : 404, found ?? { error: "Repository not found" });
  }

  async function asProvider(
    request: IncomingMessage,
    whole: string,
    body: Record<string, unknown>,
    response: ServerResponse,
  ): Promise<void> {
    const [, name = "", ...rest] = whole.split("/");
    const path = `/${rest.join("/")}`;
    const provider = providers[name];
    if (!provider) return sendJson(response, 404, { error: "Not Found" });
    if (!request.headers.authorization?.startsWith("Bearer hf_")) return sendJson(response, 401, refusals["401"]?.body ?? {});
    let isDown = false;
    const find = (id: string) => {
      const job = jobs.get(id);
      isDown = job !== undefined && request.method === "GET" && isUnanswered(job);
      return isDown ? undefined : job;
    };
    if (provider.about?.(path, request.method ?? "GET", find, phase, response)) return;
    if (isDown) return sendJson(response, 503, refusals["503"]?.body ?? {});
    const model = request.method === "POST" ? provider.modelAsked(path, body) : null;
    if (model === null) return sendJson(response, 404, { error: "Not Found" });
    const isMapped = models.some(({ inferenceProviderMapping }) =>
      inferenceProviderMapping.some((entry) => entry.provider === name && entry.providerId === model),
    );
    if (!isMapped) return sendJson(response, 400, { error: `Model not supported by provider ${name}` });
    const { prompt, width, height, seed } = provider.wanted(body);
    const job = newJob({ prompt: String(prompt), width: Number(width ?? 1024), height: Number(height ?? 1024), seed: Number(seed ?? 7) });
    if (await wentWrong(job, name, response)) return;
    jobs.set(job.id, job);
    if (name in immediate) await delay(paceMs * (job.ways.has("slow") ? 40 : 5));
    await provider.accept(job, phase(job), response);
  }

  /** Whether the request was refused or left hanging. */
  async function wentWrong({ ways, wanted }: Job, name: string, response: ServerResponse): Promise<boolean> {
    if (ways.has("hang")) return true;
    if (ways.has("drop")) return Boolean(response.destroy());
    const once = ways.has("429-once") ? "429" : ways.has("503-once") ? "503" : undefined;
    const isFirst = !refusedOnce.has(wanted.prompt);
    refusedOnce.add(wanted.prompt);
    const way = once && isFirst ? once : [...ways].find((candidate) => isRefusal(candidate, name));
    const refusal = way && refusals[way];
    if (refusal) sendJson(response, refusal.status, refusal.body);
    return refusal !== undefined;
  }

  async function sendFile(path: string, response: ServerResponse): Promise<void> {
    const job = jobs.get(path.match(/^\/files\/([\w-]+)\.png$/)?.[1] ?? "");
    if (!job) return sendJson(response, 404, { error: "file not exist" });
    job.fetched += 1;
    // One is there at the third look, the other only for those who come back.
    const firstSeen = job.ways.has("lost-file") ? 4 : job.ways.has("late-file") ? 3 : 1;
    if (job.fetched < firstSeen) return sendJson(response, 404, { error: "file not exist" });
    if (job.ways.has("huge")) return sendHuge(response, "image/png", job.fetched === 1);
    if (job.ways.has("private-redirect")) {
      response.writeHead(302, { location: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret` }).end();
      return;
    }
    await sendSlowly(response, "image/png", await fileOf(job, "png"), job.ways.has("slow") ? paceMs * 8 : paceMs);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: String(error) });
      else response.destroy();
    });
  });
  const listening = await listen(server, port);
  return { origin: `http://127.0.0.1:${listening}`, seen, close: () => close(server) };
}

/** Providers with a queue find out later that they do not like the words; the others say so at once. */
function isRefusal(way: Way, provider: string): boolean {
  return way === "refused" ? provider in immediate : way in refusals;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
