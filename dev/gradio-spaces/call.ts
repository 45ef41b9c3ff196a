/** One call of a Space: what the queue tells of it, and the file that it makes. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { sendHuge, sendSlowly } from "../inference-router/answer.ts";
import { fileOf, type Job, newJob } from "../inference-router/job.ts";
import { inputsOf } from "./description.ts";
import { hostOf, type Space } from "./spaces.ts";

export type Call = { space: Space; session: string; event: string; job: Job; steps: number };

/** Null when the values are not as many as there are inputs. */
export function newCall(space: Space, { data, session_hash: session }: Record<string, unknown>): Call | null {
  const inputs = inputsOf(space);
  if (!Array.isArray(data) || data.length !== inputs.length) return null;
  const values = Object.fromEntries(inputs.map(({ name }, index) => [name, data[index]]));
  const seed = values.randomize_seed ? Math.floor(Math.random() * 1000) : Number(values.seed);
  const job = newJob({ prompt: String(values.prompt), width: Number(values.width), height: Number(values.height), seed });
  return { space, session: String(session), event: randomUUID().replaceAll("-", ""), job, steps: Number(values.num_inference_steps) };
}

// As the library `spaces` words it, with its markup.
const quota =
  'You have exceeded your GPU quota (60s requested vs. 42s left). <a style="white-space: nowrap" href="https://huggingface.co/subscribe/pro">Subscribe to PRO</a> or try again in 0:09:48';

/** Two before it in line, then one; then it works, step by step, and says so. */
export async function tell(call: Call, paceMs: number, response: ServerResponse): Promise<void> {
  const { event, job, steps } = call;
  const { ways } = job;
  const pace = ways.has("slow") ? paceMs * 8 : paceMs;
  const say = (message: object) => response.write(`data: ${JSON.stringify({ event_id: event, ...message })}\n\n`);
  const fail = (title: string, error: string) => end(say({ msg: "process_completed", success: false, title, output: { error, title } }));
  const end = (_said: boolean) => response.end(`data: ${JSON.stringify({ msg: "close_stream", event_id: null })}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream" });
  if (ways.has("silent")) return;
  say({ msg: "heartbeat", event_id: null });
  for (let rank = 1; rank >= 0; rank--) {
    say({ msg: "estimation", rank, queue_size: rank + 1, rank_eta: 4.2 });
    await delay(pace);
  }
  while (ways.has("stuck") && !job.cancelled && !response.destroyed) await delay(pace);
  if (ways.has("cut")) return void response.end();
  if (ways.has("malformed")) return void response.end("data: <html>\n\n");
  if (ways.has("quota")) return void fail("ZeroGPU quota exceeded", quota);
  if (ways.has("no-gpu")) return void fail("ZeroGPU queue timeout", "No GPU was available after 60s. Retry later");
  if (ways.has("500"))
    return void response.end(`data: ${JSON.stringify({ msg: "unexpected_error", message: "Server stopped.", success: false })}\n\n`);
  say({ msg: "process_starts", eta: 4.2 });
  say({ msg: "log", log: "Waiting for a GPU to become available", level: "info", title: "ZeroGPU queue" });
  await delay(pace);
  say({ msg: "log", log: "Successfully acquired a GPU", level: "info", title: "ZeroGPU" });
  await delay(pace);
  if (ways.has("refused")) return void fail("Error", "The safety checker found NSFW content.");
  if (ways.has("fails")) return void fail("Error", "CUDA out of memory");
  const length = Math.min(steps, 8);
  for (let index = 1; index <= length && !job.cancelled && !response.destroyed; index++) {
    say({ msg: "progress", progress_data: [{ index, length, unit: "steps", progress: null, desc: null }] });
    await delay(pace / 4);
  }
  if (job.cancelled) return void end(say({ msg: "process_completed", success: true, output: {} }));
  end(say({ msg: "process_completed", success: true, average_duration: 4.2, output: { data: [fileIn(call), job.wanted.seed] } }));
}

function fileIn({ space, job }: Call): object {
  const path = `/tmp/gradio/${job.id}/image.png`;
  const host = job.ways.has("foreign-file") ? "attacker.example" : hostOf(space);
  return { path, url: `https://${host}/gradio_api/file=${path}`, orig_name: "image.png", meta: { _type: "gradio.FileData" } };
}

export async function sendFile({ job }: Call, paceMs: number, response: ServerResponse): Promise<void> {
  job.fetched += 1;
  if (job.ways.has("private-redirect")) return void response.writeHead(302, { location: "http://127.0.0.1:1/secret" }).end();
  if (job.ways.has("huge")) return sendHuge(response, "image/png", job.fetched === 1);
  await sendSlowly(response, "image/png", await fileOf(job, "png"), paceMs);
}
