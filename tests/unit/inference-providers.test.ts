import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type RunningInferenceRouter, startInferenceRouter } from "@/dev/inference-router.ts";
import { reroute } from "@/dev/reroute.ts";
import type { Progress } from "@/lib/generators/generator";
import { createInferenceProviders } from "@/lib/generators/inference-providers";
import { describeFailure, type FailureCode, toFailure } from "@/lib/http/errors";

const token = "hf_oauth_eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl";

/** One model for each way in which a provider answers, which only that provider runs. */
const shapes = {
  "HF Inference": "stabilityai/stable-diffusion-3-medium-diffusers",
  "Together AI": "stabilityai/stable-diffusion-3.5-large",
  Nscale: "stabilityai/sdxl-turbo",
  DeepInfra: "PrunaAI/p-image",
  fal: "Tongyi-MAI/Z-Image-Turbo",
  Replicate: "black-forest-labs/FLUX.1-dev",
  WaveSpeed: "black-forest-labs/FLUX.1-Krea-dev",
  "Z.ai": "zai-org/GLM-Image",
} as const;

type Shape = keyof typeof shapes;

const immediate: readonly Shape[] = ["HF Inference", "Together AI", "Nscale", "DeepInfra"];
const inLine: readonly Shape[] = ["fal", "Replicate", "WaveSpeed", "Z.ai"];
const all: readonly Shape[] = [...immediate, ...inLine];

let router: RunningInferenceRouter;
let takeBack: () => void;

beforeAll(async () => {
  router = await startInferenceRouter({ paceMs: 8 });
});
afterAll(() => router.close());

beforeEach(() => {
  takeBack = reroute(router.origin);
  for (const name of ["inference-models", "model-seconds"]) Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${name}`));
});
afterEach(() => takeBack());

type Making = { deadlineMs?: number; signal?: AbortSignal; ticket?: string; billTo?: string; token?: string; model?: string };

function make(shape: Shape, prompt: string, more: object = {}, options: Making = {}) {
  const generator = createInferenceProviders({ model: shapes.fal, deadlineMs: options.deadlineMs ?? 8000, pauseMs: 4 });
  const progress: Progress[] = [];
  const tickets: string[] = [];
  const before = router.seen.length;
  const result = generator.generate(
    { prompt, width: 832, height: 1216, seed: 4_000_000_000, model: options.model ?? shapes[shape], ...more },
    {
      signal: options.signal ?? new AbortController().signal,
      onProgress: (event) => progress.push(event),
      onAccepted: (ticket) => tickets.push(ticket),
      account: { token: options.token ?? token, billTo: options.billTo },
      ticket: options.ticket,
    },
  );
  result.catch(() => undefined);
  return { result, progress, tickets, seen: () => router.seen.slice(before) };
}

const asked = (seen: ReturnType<ReturnType<typeof make>["seen"]>) =>
  seen.filter(({ host, method }) => host === "router.huggingface.co" && method === "POST");

async function codeOf(result: Promise<unknown>): Promise<FailureCode | "made"> {
  try {
    await result;
    return "made";
  } catch (error) {
    return toFailure(error).code;
  }
}

/** Provider, outcome, and what the person reads: written out for people when a folder for it is named. */
const table: string[] = [];
afterAll(() => {
  const file = process.env.OUTCOMES;
  if (file) writeFileSync(file, `| Provider | Outcome | The person reads |\n|---|---|---|\n${table.join("\n")}\n`);
});

const note = (shape: Shape, outcome: string, code: FailureCode) =>
  table.push(`| ${shape} | ${outcome} | ${describeFailure(code).message} |`);

describe.each(all)("%s", (shape) => {
  test("a picture comes, in its own size, with what was sent", async () => {
    const { result, progress, tickets, seen } = make(shape, "a quiet harbour", { steps: 6, guidance: 4, negativePrompt: "boats" });
    const image = await result;
    const facts = await sharp(image.bytes).metadata();
    expect(image.type).toBe(`image/${facts.format}`);
    expect([image.width, image.height]).toEqual([facts.width, facts.height]);
    expect(image.model).toBe(shapes[shape]);
    expect(image.parameters.provider).toBe(shape);
    // Flux at Replicate knows shapes only: what came is what is kept.
    expect([image.width, image.height]).toEqual(shape === "Replicate" ? [832, 1248] : [832, 1216]);
    expect(image.seed).toBe(4_000_000_000 % 2 ** 31);
    expect(progress[0]).toEqual({ type: "running", usualSeconds: null });
    expect(tickets).toHaveLength(inLine.includes(shape) ? 1 : 0);
    expect(tickets.join()).not.toContain("hf_");
    expect(asked(seen())).toHaveLength(1);
    if (shape === "fal") expect(progress).toContainEqual({ type: "queued", position: 2 });
    if (inLine.includes(shape) || shape === "HF Inference") {
      const last = progress.findLast((event) => event.type === "downloading");
      expect(last).toEqual({ type: "downloading", bytes: image.bytes.length, total: image.bytes.length });
    }
    for (const { authorization, host } of seen()) {
      expect(authorization, host).toBe(host === "router.huggingface.co" ? `Bearer ${token}` : undefined);
    }
    table.push(`| ${shape} | success | (the picture) |`);
  });

  const refusals: [outcome: string, prompt: string, code: FailureCode][] = [
    ["401", "[401]", "access_ended"],
    ["402", "[402]", "credits_used_up"],
    ["403", "[403]", "inference_refused"],
    ["403 for an organization", "[403-org]", "billing_refused"],
    ["gated model", "[gated]", "model_gated"],
    ["404", "[404]", "model_gone"],
    ["410", "[410]", "model_gone"],
    ["422", "[422]", "settings_refused"],
    ["refused content", "[refused]", "model_refused"],
    ["429", "[429]", "model_busy"],
    ["500 with HTML", "[500]", "model_down"],
    ["503", "[503]", "model_down"],
    ["HTML instead of JSON", "[html]", "model_nonsense"],
    ["JSON of another kind", "[malformed]", "model_nonsense"],
    ["truncated image", "[truncated]", "model_nonsense"],
    ["no image", "[not-an-image]", "model_nonsense"],
    ["100 MB", "[huge]", "model_oversized"],
    ["connection lost", "[drop]", "model_late"],
  ];

  test.each(refusals)("%s", async (outcome, prompt, code) => {
    const { result, seen } = make(shape, `${outcome} at ${shape} ${prompt}`);
    expect(await codeOf(result)).toBe(code);
    // Only what was refused and may pass is asked for again.
    expect(asked(seen())).toHaveLength(code === "model_busy" || code === "model_down" ? 3 : 1);
    note(shape, outcome, code);
  });

  test.each(["[429-once]", "[503-once]"])("%s passes by itself", async (way) => {
    const { result, seen } = make(shape, `${way} ${shape}`);
    expect(await codeOf(result)).toBe("made");
    expect(asked(seen())).toHaveLength(2);
  });

  test("slow, and it comes all the same", async () => {
    const { result } = make(shape, "[slow] a snail");
    expect(await codeOf(result)).toBe("made");
    table.push(`| ${shape} | slow | (the picture) |`);
  });

  test("never, and the deadline ends it", async () => {
    expect(await codeOf(make(shape, "[hang]", {}, { deadlineMs: 150 }).result)).toBe("model_late");
    note(shape, "no answer before the deadline", "model_late");
  });

  test("cancelled: it rejects with the signal's reason, and nothing is asked from then on", async () => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const { result, seen } = make(shape, "[stuck] [slow] for ever", {}, { signal: stop.signal });
    setTimeout(() => stop.abort(reason), 60);
    await expect(result).rejects.toBe(reason);
    // The one that was cancelled may still have been on its way.
    await delay(100);
    const after = seen().length;
    await delay(100);
    expect(seen()).toHaveLength(after);
    table.push(`| ${shape} | cancelled | You stopped this picture. Your prompt is still here. |`);
  });
});

describe.each(inLine)("%s, which is asked again", (shape) => {
  test("a job that fails there says so", async () => {
    const { result } = make(shape, "[fails]");
    expect(await codeOf(result)).toBe("model_failed");
    note(shape, "the job fails", "model_failed");
  });

  test("a job that stays in line ends with the deadline", async () => {
    expect(await codeOf(make(shape, "[stuck]", {}, { deadlineMs: 200 }).result)).toBe("model_late");
    note(shape, "for ever in line", "model_late");
  });

  test.each(["[private-redirect]", "[private-address]"])("%s is never followed", async (way) => {
    const { result, seen } = make(shape, way);
    expect(await codeOf(result)).toBe("model_nonsense");
    expect(seen().filter(({ path }) => path === "/secret" || path.includes("meta-data"))).toEqual([]);
    note(shape, way === "[private-redirect]" ? "redirect to a private address" : "a private address", "model_nonsense");
  });

  test("a provider that stops answering is asked again, and the picture is not lost", async () => {
    const { result, tickets, seen } = make(shape, "[stumbles]");
    expect(await codeOf(result)).toBe("made");
    expect([tickets.length, asked(seen()).length]).toEqual([1, 1]);
    const broken = make(shape, "[breaks]");
    expect(await codeOf(broken.result)).toBe("model_down");
    expect(asked(broken.seen())).toHaveLength(1);
    note(shape, "no answers after it was accepted", "model_down");
  });

  test("a file that appears late is waited for", async () => {
    expect(await codeOf(make(shape, "[late-file]").result)).toBe("made");
  });

  test("what was accepted is picked up by its ticket, and asked for once", async () => {
    const stop = new AbortController();
    const first = make(shape, "[slow] the long way", { steps: 6 }, { signal: stop.signal });
    await expect.poll(() => first.tickets.length).toBe(1);
    // As when the process ends: nobody takes anything back.
    const [ticket = ""] = first.tickets;
    expect(ticket).not.toContain("the long way");
    const second = make(shape, "ignored", {}, { ticket });
    const image = await second.result;
    expect(image.model).toBe(shapes[shape]);
    expect(asked(second.seen())).toHaveLength(0);
    stop.abort();
  });
});

test("where a job can be taken back, stopping takes it back", async () => {
  for (const [shape, method] of [
    ["fal", "PUT"],
    ["Replicate", "POST"],
  ] as const) {
    const stop = new AbortController();
    const { result, tickets, seen } = make(shape, "[stuck]", {}, { signal: stop.signal });
    await expect.poll(() => tickets.length).toBe(1);
    stop.abort();
    await result.catch(() => undefined);
    expect(
      seen()
        .filter(({ path }) => path.endsWith("/cancel"))
        .map((call) => call.method),
    ).toEqual([method]);
  }
});

test("a token that is not one of Hugging Face goes nowhere", async () => {
  for (const other of ["sk-123", "", "r8_abc", "hf_x\r\nx: y"]) {
    const { result, seen } = make("fal", "anything", {}, { token: other });
    expect(await codeOf(result)).toBe("access_ended");
    expect(asked(seen())).toEqual([]);
  }
});

test("an organization that is to pay is named in every request to the router", async () => {
  const { result, seen } = make("fal", "on the house", {}, { billTo: "analytical-society" });
  await result;
  const calls = seen().filter(({ host }) => host === "router.huggingface.co");
  expect(calls.length).toBeGreaterThan(2);
  expect(calls.map(({ billTo }) => billTo)).toEqual(calls.map(() => "analytical-society"));
});

test("each provider is asked in its own words, and only for what the model takes", async () => {
  const settings = { steps: 40, guidance: 4.5, negativePrompt: "fog" };
  const sent = async (shape: Shape) => {
    const { result, seen } = make(shape, "in its words", settings);
    await result;
    return asked(seen())[0]?.body;
  };
  const seed = 4_000_000_000 % 2 ** 31;
  expect(await sent("fal")).toEqual({
    prompt: "in its words",
    image_size: { width: 832, height: 1216 },
    num_inference_steps: 20,
    seed,
  });
  expect(await sent("HF Inference")).toEqual({
    inputs: "in its words",
    parameters: { width: 832, height: 1216, num_inference_steps: 40, guidance_scale: 4.5, negative_prompt: "fog", seed },
  });
  expect(await sent("Together AI")).toMatchObject({
    steps: 40,
    guidance_scale: 4.5,
    negative_prompt: "fog",
    response_format: "base64",
    seed,
  });
  expect(await sent("Replicate")).toEqual({
    input: { prompt: "in its words", aspect_ratio: "2:3", output_format: "png", guidance: 4.5, num_inference_steps: 40, seed },
  });
  expect(await sent("WaveSpeed")).toEqual({ prompt: "in its words", size: "832*1216", num_inference_steps: 40, guidance_scale: 4.5, seed });
  expect(await sent("Nscale")).toMatchObject({ size: "832x1216", response_format: "b64_json" });
  expect(await sent("Z.ai")).toEqual({ model: "glm-image", prompt: "in its words", size: "832x1216" });
});

test("a provider that would not begin gives way to the next that runs the model", async () => {
  const { result, seen } = make("fal", "[503] both are down", {}, { model: "Qwen/Qwen-Image" });
  expect(await codeOf(result)).toBe("model_down");
  const paths = asked(seen()).map(({ path }) => path.split("/")[1]);
  expect(paths).toEqual(["fal-ai", "fal-ai", "fal-ai", "replicate", "replicate", "replicate"]);
  const refused = make("fal", "[402] no credits anywhere", {}, { model: "Qwen/Qwen-Image" });
  expect(await codeOf(refused.result)).toBe("credits_used_up");
  expect(asked(refused.seen())).toHaveLength(1);
});

describe("models", () => {
  const models = () => createInferenceProviders({ model: "Qwen/Qwen-Image" }).models?.() ?? Promise.resolve([]);

  test("those that a known provider runs live are listed, the default first, with what they take", async () => {
    const list = await models();
    expect(list[0]?.id).toBe("Qwen/Qwen-Image");
    expect(list.map(({ id }) => id)).not.toContain("black-forest-labs/FLUX.1-Kontext-dev");
    expect(list.filter(({ id }) => id.startsWith("example/"))).toEqual([]);
    expect(list.find(({ id }) => id === shapes.fal)).toEqual({
      page: `https://huggingface.co/${shapes.fal}`,
      ...{ id: shapes.fal, provider: "fal", license: "apache-2.0", gated: false, price: 0.005, usualSeconds: null },
      ...{ steps: { usual: 8, most: 20 }, guidance: null, negativePrompt: false, seed: true },
    });
    expect(list.find(({ id }) => id === shapes.Nscale)).toMatchObject({ steps: null, guidance: null, negativePrompt: false, seed: false });
    expect(list.find(({ id }) => id === shapes["HF Inference"])).toMatchObject({ gated: true, negativePrompt: true });
  });

  test("the Hub is asked once in an hour, and without a token", async () => {
    const before = router.seen.length;
    await Promise.all([models(), models()]);
    await models();
    const calls = router.seen.slice(before);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.authorization).toBeUndefined();
  });

  test("without the Hub there are three", async () => {
    takeBack();
    takeBack = reroute("http://127.0.0.1:1");
    expect((await models()).map(({ id }) => id)).toEqual([
      "Qwen/Qwen-Image",
      "Tongyi-MAI/Z-Image-Turbo",
      "black-forest-labs/FLUX.1-schnell",
    ]);
  });

  test("one that nobody runs has gone", async () => {
    expect(await codeOf(make("fal", "x", {}, { model: "example/unheard-of" }).result)).toBe("model_gone");
    expect(await codeOf(make("fal", "x", {}, { model: "example/in-staging" }).result)).toBe("model_gone");
  });

  test("how long one usually takes is known after three", async () => {
    const usual = async () => (await models()).find(({ id }) => id === shapes.DeepInfra)?.usualSeconds;
    for (let made = 0; made < 2; made++) await make("DeepInfra", `number ${made}`).result;
    expect(await usual()).toBeNull();
    await make("DeepInfra", "number 3").result;
    expect(await usual()).toBeGreaterThan(0);
  });
});
