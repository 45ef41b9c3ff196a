import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type RunningInferenceRouter, startInferenceRouter } from "@/dev/inference-router.ts";
import { reroute } from "@/dev/reroute.ts";
import type { ImageRequest, Progress } from "@/lib/generators/generator";
import { createGradioSpace } from "@/lib/generators/gradio-space";
import { failureOfSpace } from "@/lib/generators/gradio-space/failures";
import { knownAbout, remember } from "@/lib/generators/gradio-space/known";
import { describeFailure, Failure, type FailureCode, toFailure } from "@/lib/http/errors";

const token = "hf_oauth_eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl";

let router: RunningInferenceRouter;
let takeBack: () => void;

beforeAll(async () => {
  router = await startInferenceRouter({ paceMs: 10 });
});
afterAll(() => router.close());
beforeEach(() => {
  takeBack = reroute(router.origin);
  for (const name of ["gradio-spaces", "model-seconds"]) Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${name}`));
});
afterEach(() => takeBack());

const quick = { pauseMs: 4, deadlineMs: 8000, silenceMs: 5000 };
const generatorOf = (space: string, endpoint = "/infer", options: object = {}) =>
  createGradioSpace(() => ({ name: `keepsake-examples/${space}`, endpoint }), { ...quick, ...options });

type Making = { space?: string; endpoint?: string; options?: object; signal?: AbortSignal; token?: string };

function make(prompt: string, more: Partial<ImageRequest> = {}, { space = "painter", endpoint, options, signal, ...rest }: Making = {}) {
  const progress: Progress[] = [];
  const before = router.seen.length;
  const result = generatorOf(space, endpoint, options).generate(
    { prompt, width: 832, height: 1216, seed: 4_000_000_000, ...more },
    {
      signal: signal ?? new AbortController().signal,
      onProgress: (event) => progress.push(event),
      account: { token: rest.token ?? token },
    },
  );
  result.catch(() => undefined);
  return { result, progress, seen: () => router.seen.slice(before) };
}

async function failureOf(result: Promise<unknown>): Promise<Failure> {
  return result.then(
    () => Promise.reject(new Error("a picture was made")),
    (error: unknown) => toFailure(error),
  );
}

/** Outcome, and what the person reads: written beneath the table of the providers when a file for it is named. */
const table: string[] = [];
const note = (outcome: string, code: FailureCode) => table.push(`| A Space | ${outcome} | ${describeFailure(code).message} |`);
afterAll(() => {
  if (process.env.OUTCOMES) appendFileSync(process.env.OUTCOMES, `${table.join("\n")}\n`);
});

test("a picture comes, with its place in line, true progress and what was sent", async () => {
  const { result, progress, seen } = make("a quiet harbour", { steps: 6, guidance: 4, negativePrompt: "boats" });
  const image = await result;
  const facts = await sharp(image.bytes).metadata();
  expect([facts.format, facts.width, facts.height]).toEqual(["png", 832, 1216]);
  expect(image).toMatchObject({ type: "image/png", width: 832, height: 1216, model: "keepsake-examples/painter" });
  expect(image.parameters).toEqual({ endpoint: "/infer", steps: 6, guidance: 4, negativePrompt: "boats" });
  expect(image.seed).toBe(4_000_000_000 % (2 ** 31 - 1 + 1));
  const kinds = progress.map(({ type }) => type);
  expect(progress[0]).toEqual({ type: "queued", position: 2 });
  expect(progress[1]).toEqual({ type: "queued", position: 1 });
  expect(progress).toContainEqual({ type: "progress", done: 3, total: 6 });
  // ZeroGPU's own line is told, too.
  expect(kinds.slice(2, 5)).toEqual(["running", "queued", "running"]);
  expect(progress.at(-1)).toEqual({ type: "downloading", bytes: image.bytes.length, total: image.bytes.length });
  const join = seen().find(({ path }) => path.endsWith("/queue/join"));
  expect(join?.body).toMatchObject({
    fn_index: 4,
    // The state in its place, the Space's own seed switched off, its own default for what nobody asked about.
    data: ["a quiet harbour", "boats", null, 4_000_000_000 % 2 ** 31, false, 832, 1216, 4, 6, "(None)"],
  });
  for (const { authorization, host } of seen()) {
    expect(["huggingface.co", "keepsake-examples-painter.hf.space"]).toContain(host);
    expect(authorization, host).toBe(`Bearer ${token}`);
  }
  table.push("| A Space | success | (the picture) |");
});

test("a size that is too large comes smaller in its own shape, and the same seed gives the same picture", async () => {
  const [one, other] = await Promise.all([1, 2].map(() => make("twice", {}, { space: "miniatures" }).result));
  expect([one?.width, one?.height]).toEqual([704, 1024]);
  expect(Buffer.compare(one?.bytes ?? new Uint8Array(), other?.bytes ?? new Uint8Array([1]))).toBe(0);
});

const outcomes: [outcome: string, prompt: string, code: FailureCode][] = [
  ["queue full", "[queue-full]", "space_busy"],
  ["ZeroGPU quota used up", "[quota]", "space_quota"],
  ["no GPU to be had", "[no-gpu]", "space_busy"],
  ["values that it does not take", "[422]", "space_failed"],
  ["refused content", "[refused]", "model_refused"],
  ["error of the app", "[fails]", "space_failed"],
  ["server stopped", "[500]", "space_down"],
  ["stream cut off", "[cut]", "space_down"],
  ["stream falls silent", "[silent]", "space_down"],
  ["HTML in the stream", "[malformed]", "space_down"],
  ["HTML instead of JSON", "[html]", "space_down"],
  ["file on a foreign host", "[foreign-file]", "model_nonsense"],
  ["redirect to a private address", "[private-redirect]", "model_nonsense"],
  ["100 MB", "[huge]", "model_oversized"],
  ["truncated image", "[truncated]", "model_nonsense"],
  ["no image", "[not-an-image]", "model_nonsense"],
];

test.each(outcomes)("%s", async (outcome, prompt, code) => {
  const { result, seen } = make(prompt, {}, { options: prompt === "[silent]" ? { silenceMs: 200 } : {} });
  expect((await failureOf(result)).code).toBe(code);
  expect(seen().filter(({ path }) => path.endsWith("/queue/join"))).toHaveLength(1);
  expect(seen().filter(({ host }) => !/(?:^|\.)(?:huggingface\.co|hf\.space)$/.test(host))).toEqual([]);
  note(outcome, code);
});

test("a quota that is used up says when there is more", async () => {
  expect((await failureOf(make("[quota]").result)).retryAfterSeconds).toBe(9 * 60 + 48);
});

test("of what a Space says when it fails only the start is read, however long it is", () => {
  const quota = "You have exceeded your GPU quota";
  expect(failureOfSpace(`${" ".repeat(1000)}${quota}`).code).toBe("space_quota");
  expect(failureOfSpace(`${" ".repeat(2000)}${quota}`).code).toBe("space_failed");
});

test("slow, and it comes all the same; never, and the deadline ends it", async () => {
  expect((await make("[slow]").result).type).toBe("image/png");
  expect((await failureOf(make("[stuck]", {}, { options: { deadlineMs: 200 } }).result)).code).toBe("space_late");
  note("for ever in line", "space_late");
});

test("cancelled: it rejects with the signal's reason, and the call is taken back at the Space, with the token", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const { result, seen } = make("[stuck]", {}, { signal: stop.signal });
  await expect.poll(() => seen().some(({ path }) => path.endsWith("/queue/data"))).toBe(true);
  stop.abort(reason);
  await expect(result).rejects.toBe(reason);
  const cancel = seen().find(({ path }) => path.endsWith("/cancel"));
  expect(cancel).toMatchObject({ authorization: `Bearer ${token}`, body: { fn_index: 4, event_id: expect.stringMatching(/^\w+$/) } });
  const after = seen().length;
  await delay(60);
  expect(seen()).toHaveLength(after);
  table.push(`| A Space | cancelled | ${describeFailure("generation_cancelled").message} |`);
});

describe("a Space that is no use", () => {
  const useless: [outcome: string, space: string, code: FailureCode][] = [
    ["paused", "paused", "space_down"],
    ["private or gone", "private", "space_gone"],
    ["no such Space", "unheard-of", "space_gone"],
    ["answers with pages", "broken", "space_down"],
    ["an old Gradio", "old", "space_unsuited"],
    ["takes no prompt", "upscaler", "space_unsuited"],
  ];

  test.each(useless)("%s", async (outcome, space, code) => {
    const { result, seen } = make("anything", {}, { space });
    const failure = await failureOf(result);
    expect(failure.code).toBe(code);
    expect(seen().filter(({ path }) => path.endsWith("/queue/join"))).toEqual([]);
    expect(await generatorOf(space).problem?.()).toContain(describeFailure(code).message);
    note(outcome, code);
  });

  test("the owner is told what is wrong with the endpoint", async () => {
    expect(await generatorOf("upscaler").problem?.()).toContain("takes no prompt, but input_image, factor");
    expect(await generatorOf("painter", "/predict").problem?.()).toContain("no endpoint /predict, but /infer");
    expect(await generatorOf("painter").problem?.()).toBeNull();
  });

  test("an unknown endpoint", async () => {
    expect((await failureOf(make("x", {}, { endpoint: "/predict" }).result)).code).toBe("space_unsuited");
  });
});

test("a Space that sleeps is woken, and that is told; one that takes too long is left", async () => {
  const late = make("good morning", {}, { space: "sleeper", options: { wakingMs: 1 } });
  expect((await failureOf(late.result)).code).toBe("space_asleep");
  note("asleep for too long", "space_asleep");
  const { result, progress } = make("good morning", {}, { space: "sleeper" });
  expect((await result).width).toBe(832);
  expect(progress.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])[0]).toBe("waking");
});

describe("the token", () => {
  test("stays at the Space, wherever the Space says that it lives", async () => {
    const { result, seen } = make("astray", {}, { space: "stray" });
    await result;
    expect(new Set(seen().map(({ host }) => host))).toEqual(new Set(["huggingface.co", "keepsake-examples-stray.hf.space"]));
  });

  test("goes to the replica of the Space that answered", async () => {
    const { result, seen } = make("replica", {}, { space: "replicated" });
    await result;
    const join = seen().find(({ path }) => path.endsWith("/queue/join"));
    expect(join?.host).toBe("keepsake-examples-replicated--r-7gq2f.hf.space");
  });

  test.each(["sk-123", "", "hf_x\r\nx: y"])("that is not one of Hugging Face goes nowhere: %j", async (other) => {
    const { result, seen } = make("anything", {}, { token: other });
    expect((await failureOf(result)).code).toBe("access_ended");
    expect(seen()).toEqual([]);
  });
});

describe("in the form", () => {
  test("a Space shows what its endpoint takes, as a stranger sees it, and is asked once", async () => {
    const before = router.seen.length;
    const [model] = (await generatorOf("painter").models?.()) ?? [];
    expect(model).toEqual({
      ...{ id: "keepsake-examples/painter", page: "https://huggingface.co/spaces/keepsake-examples/painter", provider: null },
      ...{ license: null, gated: false, price: null, usualSeconds: null },
      ...{ steps: { usual: 28, most: 50 }, guidance: { usual: 4.5, most: 7.5 }, negativePrompt: true, seed: true },
    });
    const asked = router.seen.slice(before);
    expect(asked.map(({ authorization }) => authorization)).toEqual(asked.map(() => undefined));
    await generatorOf("painter").models?.();
    expect(router.seen.slice(before)).toHaveLength(asked.length);
  });

  test("nobody waits for a second look", async () => {
    const space = { name: "owner/slow", endpoint: "/infer" };
    const endpoint = { root: "https://owner-slow.hf.space", functionIndex: 0, inputs: [] };
    const found = Promise.withResolvers<typeof endpoint>();
    expect(await knownAbout(space, () => Promise.reject(new Failure("space_down")))).toMatchObject({ endpoint: null });
    const later = Date.now() + 3_600_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    const look = vi.fn(() =>
      found.promise.then((seen) => {
        remember(space, seen);
        return seen;
      }),
    );
    for (let asked = 0; asked < 2; asked++) expect(await knownAbout(space, look)).toMatchObject({ endpoint: null });
    expect(look).toHaveBeenCalledTimes(1);
    found.resolve(endpoint);
    await expect.poll(() => knownAbout(space, look)).toMatchObject({ endpoint, problem: null });
  });

  test("one that strangers cannot see takes words and a size", async () => {
    const [model] = (await generatorOf("private").models?.()) ?? [];
    expect(model).toMatchObject({ steps: null, guidance: null, negativePrompt: false, seed: true });
  });

  test("without the setting it does not exist", async () => {
    const none = createGradioSpace(() => null);
    expect(none.isInstalled?.()).toBe(false);
    expect(await none.models?.()).toEqual([]);
    expect(await none.problem?.()).toBeNull();
  });

  test("a Space that was set up before and is not any more has gone", async () => {
    expect((await failureOf(make("x", { model: "keepsake-examples/another" }).result)).code).toBe("space_gone");
  });
});
