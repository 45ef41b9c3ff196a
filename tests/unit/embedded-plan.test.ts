import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paletteNames } from "@/lib/generators/embedded/palettes";
import { planPicture, wordsOf } from "@/lib/generators/embedded/prompt";
import { favourites, styleNames } from "@/lib/generators/embedded/styles/index";

const styleOf = (prompt: string) => planPicture(prompt, 1).style;
const paletteOf = (prompt: string) => planPicture(prompt, 1).palette;

describe("words choose the style", () => {
  test.each([
    ["snowy mountains above a valley", "ridges"],
    ["eine Berglandschaft mit Bergen", "ridges"],
    ["a deep forest of pines", "forest"],
    ["la forêt enchantée", "forest"],
    ["Dunes of the Sahara", "dunes"],
    ["waves on the ocean", "sea"],
    ["puesta de sol sobre el mar", "sea"],
    ["a spiral galaxy", "cosmos"],
    ["aurora borealis over mountains", "aurora"],
    ["city skyline in fog", "skyline"],
    ["black marble", "marble"],
    ["paper cutout of a canyon", "papercut"],
    ["brush strokes in the wind", "ribbons"],
    ["Bauhaus circles", "geometry"],
    ["Blumen im Garten", "botanical"],
    ["lanterns and bokeh", "bokeh"],
    ["rain", "bokeh"],
    ["storm at sea, rain", "sea"],
    ["low poly crystal", "crystals"],
    ["a strange attractor", "attractor"],
  ])("%s: %s", (prompt, style) => expect(styleOf(prompt)).toBe(style));

  test("case, accents, punctuation and plurals do not matter", () => {
    expect(planPicture("FORÊTS!", 7).style).toBe(planPicture("foret", 7).style);
    expect(wordsOf("Größe, ÉTÉ — naïve")).toEqual(["grosse", "ete", "naive"]);
  });

  test("the seed never changes the style", () => {
    for (let seed = 0; seed < 50; seed++) expect(planPicture("umbrella theory", seed).style).toBe(styleOf("umbrella theory"));
  });

  test("words that mean nothing to it reach every style", () => {
    const reached = new Set(Array.from({ length: 400 }, (_, i) => styleOf(`zzq${i}`)));
    expect(reached.size).toBe(styleNames.length);
  });
});

describe("words choose the colours and the mood", () => {
  test.each([
    ["a teal galaxy", "ocean"],
    ["golden dunes", "gold"],
    ["rote Blumen", "ember"],
    ["flores azules en azul", "azure"],
    ["neon city", "neon"],
    ["pastel mountains", "pastel"],
    ["monochrome sea", "ink"],
    ["winter forest", "frost"],
    ["blue mist over hills at dawn", "azure"],
    ["a dreamy winter sunset in green", "moss"],
    ["white snow on a winter morning", "frost"],
    ["blue and white tiles", "azure"],
    ["a portrait in black and white", "ink"],
  ])("%s: %s", (prompt, palette) => expect(paletteOf(prompt)).toBe(palette));

  test("without a colour the seed picks among those that suit the style", () => {
    const seen = new Set(Array.from({ length: 60 }, (_, seed) => planPicture("mountains", seed).palette));
    expect(seen.size).toBeGreaterThan(4);
    for (const palette of seen) expect(favourites.ridges).toContain(palette);
  });

  test("night, calm, storm, snow, rain, water", () => {
    expect(planPicture("mountains at night", 3).mood).toMatchObject({ time: "night" });
    expect(planPicture("moon over the sea", 3).mood).toMatchObject({ time: "night", orb: "moon" });
    expect(planPicture("sunset", 3).mood).toMatchObject({ time: "dusk", orb: "sun" });
    expect(planPicture("a calm sea", 3).mood.energy).toBeLessThan(planPicture("a sea", 3).mood.energy);
    expect(planPicture("storm at sea", 3).mood.energy).toBe(1);
    expect(planPicture("snow in the mountains", 3).mood.snow).toBe(true);
    expect(planPicture("pluie sur la ville", 3).mood.rain).toBe(true);
    expect(planPicture("a mountain lake", 3).mood.water).toBe(true);
  });
});

test("any text gives a valid plan, the same every time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.integer({ min: 0, max: 4294967295 }), (prompt, seed) => {
      const plan = planPicture(prompt, seed);
      expect(styleNames).toContain(plan.style);
      expect(paletteNames).toContain(plan.palette);
      expect(Number.isInteger(plan.seed) && plan.seed >= 0 && plan.seed <= 4294967295).toBe(true);
      expect(plan.mood.energy).toBeGreaterThanOrEqual(0);
      expect(plan.mood.energy).toBeLessThanOrEqual(1);
      expect(planPicture(prompt, seed)).toEqual(plan);
    }),
  );
});
