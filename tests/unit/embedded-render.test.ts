import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cos, exp, log, power, sin } from "@/lib/generators/embedded/maths";
import { type Picture, type PictureRequest, renderPicture, type Step } from "@/lib/generators/embedded/render";
import { styleNames } from "@/lib/generators/embedded/styles/index";
import { engineVersion } from "@/lib/generators/embedded/version";

function render(request: PictureRequest): { picture: Picture; steps: Step[] } {
  const work = renderPicture(request);
  const steps: Step[] = [];
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return { picture: step.value, steps };
    steps.push(step.value);
  }
}

const sha256 = (pixels: Uint8Array) => createHash("sha256").update(pixels).digest("hex");

/** One prompt for each style, in the order of their names. */
const prompts = [
  "mountains",
  "forest",
  "dunes",
  "sea",
  "galaxy",
  "aurora",
  "city",
  "marble",
  "papercut",
  "ribbons",
  "bauhaus",
  "flowers",
].concat(["bokeh in the rain", "crystals", "attractor"]);

// Hashes of RGBA pixels. They change with `engineVersion` and for no other reason: people keep their seeds.
const golden: [prompt: string, width: number, height: number, seed: number, hash: string][] = [
  ["mountains", 64, 64, 0, "684df7227cbfb32b7aa3f1619d037b44251244f91c70db60c7cf8b1c4e21394f"],
  ["forest", 96, 56, 7919, "e2f979d0208c94d4ffc4561b514c0ff8da66d458eac628c1dcdd82e5d84f0533"],
  ["dunes", 80, 104, 15838, "e804e47a35c502102e9acaea5b98d0c0f23b62802d3488e183ec6e88ee10c8ed"],
  ["sea", 64, 64, 23757, "dc3afd1cdffd77ca090b5c51e7a9e50396596eb00e45330f04a814df50f50f4d"],
  ["galaxy", 96, 56, 31676, "0e468e80e06c15cebd45dfd960ca75e551f1baeafbcfd4ddc2d1ddd81e800d0f"],
  ["aurora", 80, 104, 39595, "d90ec62533e9dbe414c86b24caface79347a9693f434f9228e13cb3449825760"],
  ["city", 64, 64, 47514, "26771b510207d92513d7749f7cf1ee2bcbbc16cbdcf3ed6d66b370a432e1b005"],
  ["marble", 96, 56, 55433, "699cda35eee94b8ac5f4ec6ad922ba5fd006afa4e8c332272af8c71c68a08414"],
  ["papercut", 80, 104, 63352, "c4d6204543e17df980447f36bb52a49e130e9b5cc03533cc400de3a6d82beeef"],
  ["ribbons", 64, 64, 71271, "7bf671d24880b9810b73e1ba1952e66f9799696c4333894efe3997a493ef2544"],
  ["bauhaus", 96, 56, 79190, "599a26d495c4dfa64c7d7c4605de03acae143a5fb7116b4369943343878237cf"],
  ["flowers", 80, 104, 87109, "e9eba02c14f0eec7b1b63bb8256425404f5ebd32bcc728ebfd8a8026c5f9c248"],
  ["bokeh in the rain", 64, 64, 95028, "fdb694ecccfe6e6d28d74302fbaa846fb2ebe7a2385279a604dde251e53a3578"],
  ["crystals", 96, 56, 102947, "c794ca87d6653b758918e88978f382ddd790633a9f82d28f6242ade66dc1ac1b"],
  ["attractor", 80, 104, 110866, "9995f82b12a0fd6c3301f92d58dd3b48d45b297670cad1c09f6e1b92d8960b26"],
  ["stormy sea at night, snow", 72, 72, 4294967295, "e70e07743012c034ed65785fd5b08e1354031037cca29e5cd6d6373018e9b3a1"],
  ["قمر فوق الجبال", 64, 64, 12, "48755050245bb13a63b6bc506b12c86452eb619b3d7377547f9996dbfae73f40"],
  ["a calm mountain lake at dawn", 1024, 1024, 42, "0c773e59c8006d17f3d9ef715b93282e8401e3ca5e8d644093be905191ec84d3"],
];

describe("the same words, seed and size give the same pixels on every machine", () => {
  test("the version that these hashes belong to", () => expect(engineVersion).toBe(2));

  test.each(golden)("%s, %i × %i, seed %i", (prompt, width, height, seed, hash) => {
    expect(sha256(render({ prompt, width, height, seed }).picture.pixels)).toBe(hash);
  });

  test("another seed gives another picture", () => {
    const hashes = prompts.flatMap((prompt) =>
      [1, 2].map((seed) => sha256(render({ prompt, width: 48, height: 48, seed }).picture.pixels)),
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test("own mathematics agree with the machine's to a millionth", () => {
    for (let x = -20; x <= 20; x += 0.137) {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-6);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-6);
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-6);
      const positive = x * x + 0.001;
      expect(Math.abs(log(positive) - Math.log(positive))).toBeLessThan(1e-6);
      expect(Math.abs(power(positive, 0.7) / positive ** 0.7 - 1)).toBeLessThan(1e-5);
    }
  });
});

describe("every style", () => {
  test("has its prompt here", () => {
    expect(prompts.map((prompt) => render({ prompt, width: 16, height: 16, seed: 1 }).picture.style)).toEqual([...styleNames]);
  });

  test.each(prompts)("%s: progress grows and ends at its total; previews are small and few", (prompt) => {
    const { picture, steps } = render({ prompt, width: 152, height: 104, seed: 5 });
    const total = steps[0]?.total;
    let last = 0;
    for (const step of steps) {
      if (step.total !== total || step.done <= last) expect.unreachable(`${step.done} of ${step.total} after ${last} of ${total}`);
      last = step.done;
    }
    expect(last).toBe(total);
    const previews = steps.flatMap(({ preview }) => preview ?? []);
    expect(previews.length).toBeGreaterThanOrEqual(3);
    expect(previews.length).toBeLessThanOrEqual(10);
    for (const { width, height, pixels } of previews) {
      expect([width, height]).toEqual([128, 88]);
      expect(pixels.length).toBe(width * height * 4);
    }
    expect(picture.pixels.length).toBe(152 * 104 * 4);
  });

  test.each(prompts)("%s: fills its canvas with a picture, opaque, neither flat nor burnt out", (prompt) => {
    const { pixels } = render({ prompt, width: 96, height: 128, seed: 9 }).picture;
    const tones = new Set<number>();
    let white = 0;
    let transparent = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      const [r = 0, g = 0, b = 0, alpha] = pixels.subarray(i, i + 4);
      if (alpha !== 255) transparent++;
      tones.add((r + g + b) >> 2);
      if (r + g + b > 760) white++;
    }
    expect(transparent).toBe(0);
    expect(tones.size).toBeGreaterThan(40);
    expect(white / (pixels.length / 4)).toBeLessThan(0.1);
  });
});

test.each(["a", " . ", "🎨🦊", "قمر فوق البحر الهادئ", "山の上の月", "<script>alert(1)</script>", "word ".repeat(800)])(
  "draws %j",
  (prompt) => {
    expect(render({ prompt, width: 40, height: 40, seed: 4294967295 }).picture.pixels.length).toBe(6400);
  },
);
