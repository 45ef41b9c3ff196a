import { expect, test } from "vitest";
import type { Endpoint, Input, Range } from "@/lib/generators/gradio-space/endpoint";
import { mustTakeWords, settingsOf, valuesFor } from "@/lib/generators/gradio-space/values";

const input = (name: string, usual: unknown = null, range: Range = {}): Input => ({ name, hasDefault: usual !== null, usual, range });
const endpointOf = (...inputs: Input[]): Endpoint => ({ root: "https://owner-name.hf.space", functionIndex: 0, inputs });
const request = { prompt: "a heron", width: 1344, height: 768, seed: 4_294_967_295 };
const valuesOf = (asked: object, ...inputs: Input[]) => valuesFor(endpointOf(...inputs), { ...request, ...asked }).values;

test("inputs are filled by their names, in the Space's own order; all others keep what is usual there", () => {
  const inputs = [
    input("style", "(None)"),
    input("steps", 20),
    input("text_prompt"),
    input("neg_prompt"),
    input("use_negative_prompt", true),
  ];
  expect(valuesOf({ steps: 8 }, ...inputs)).toEqual(["(None)", 8, "a heron", "", false]);
  expect(valuesOf({ negativePrompt: "fog" }, ...inputs)).toEqual(["(None)", 20, "a heron", "fog", true]);
});

test("a switch that would draw another seed is turned off, and the seed is one that the Space takes", () => {
  expect(valuesOf({}, input("prompt"), input("seed", 0), input("randomize_seed", true))).toEqual(["a heron", 2 ** 31 - 1, false]);
  expect(valuesOf({ seed: 1_000_003 }, input("prompt"), input("seed", 0, { least: 0, most: 999_999 }))).toEqual(["a heron", 3]);
});

test("sizes keep their shape and become ones that the Space takes", () => {
  const within = (range: Range) => valuesOf({}, input("prompt"), input("width", 512, range), input("height", 512, range)).slice(1);
  expect(within({})).toEqual([1344, 768]);
  expect(within({ least: 256, most: 1024, step: 32 })).toEqual([1024, 576]);
  expect(within({ least: 640, most: 1024, step: 64 })).toEqual([1024, 640]);
});

test("numbers stay within the Space's bounds and on its steps", () => {
  const guidance = (asked: number) =>
    valuesOf({ guidance: asked }, input("prompt"), input("cfg_scale", 4, { least: 1, most: 7.5, step: 0.1 }))[1];
  expect([guidance(0), guidance(4.53), guidance(30)]).toEqual([1, 4.5, 7.5]);
});

test("the form shows what the endpoint takes, with its own usual values and at most what the form can ask for", () => {
  const endpoint = endpointOf(input("prompt"), input("num_inference_steps", 28, { most: 500 }), input("guidance_scale", null, { most: 7 }));
  expect(settingsOf(endpoint)).toEqual({
    ...{ steps: { usual: 28, most: 100 }, guidance: { usual: 5, most: 7 } },
    ...{ negativePrompt: false, seed: false },
  });
});

test("an endpoint without a prompt, or with something that nobody here can give, is no use", () => {
  expect(() => mustTakeWords(endpointOf(input("image")))).toThrow(expect.objectContaining({ code: "space_unsuited" }));
  expect(() => mustTakeWords(endpointOf(input("prompt"), input("mask")))).toThrow(expect.objectContaining({ code: "space_unsuited" }));
  expect(() => mustTakeWords(endpointOf(input("prompt"), input("mask", "none")))).not.toThrow();
});
