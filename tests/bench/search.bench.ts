/** How long the server searches among 100,000 pictures of one person, beside 20,000 of another. */
import "../support/import-from-root.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Figure, type Measurement, percentile } from "./figure.ts";

export const measure: Measurement = async (): Promise<Figure[]> => {
  const { firstMoment, openCatalogOfMany } = await import("../support/catalog-of-many.ts");
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-bench-"));
  const catalog = openCatalogOfMany(folder);
  try {
    const cases = [
      ["one letter", { words: "m" }],
      ["two words, the last begun", { words: "neon ci" }],
      ["one Chinese character", { words: "灯" }],
      ["one picture", { words: "number77777" }],
      ["a word among favourites of one size", { words: "neon", favorite: true, size: { width: 1024, height: 1024 } }],
      ["all favourites, oldest first", { favorite: true, oldestFirst: true }],
      ["one model", { generator: "inference-providers", model: "example/slow-one" }],
      ["a word among pictures of one model", { words: "neon", generator: "inference-providers", model: "example/slow-one" }],
      ["thirty days", { from: firstMoment, to: firstMoment + 30 * 86_400_000 }],
    ] as const;
    const medianOf = (ask: () => unknown) => {
      const times = Array.from({ length: 30 }, () => {
        const start = performance.now();
        ask();
        return performance.now() - start;
      });
      return { value: percentile(times, 0.5), unit: "ms" } as const;
    };
    const searches = cases.map(([name, wanted]): Figure => {
      const median = medianOf(() => catalog.search("anna", wanted, { limit: 50, after: null }));
      return { name: `search of 100,000, ${name}, median`, ...median, limit: 30 };
    });
    const madeWith = medianOf(() => catalog.madeWith("anna"));
    const middle = catalog.search("anna", { from: firstMoment + 30 * 86_400_000, oldestFirst: true }, { limit: 1, after: null }).next;
    if (!middle) throw new Error("nothing was made after thirty days");
    const beside = medianOf(() => [true, false].map((oldestFirst) => catalog.nextTo("anna", { oldestFirst }, middle)));
    return [
      ...searches,
      { name: "what 100,000 pictures were made with, median", ...madeWith, limit: 5 },
      { name: "the two pictures beside one of 100,000, median", ...beside, limit: 1 },
    ];
  } finally {
    catalog.close();
    await rm(folder, { recursive: true, force: true });
  }
};
