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
      ["thirty days", { from: firstMoment, to: firstMoment + 30 * 86_400_000 }],
    ] as const;
    return cases.map(([name, wanted]) => {
      const times = Array.from({ length: 30 }, () => {
        const start = performance.now();
        catalog.search("anna", wanted, { limit: 50, after: null });
        return performance.now() - start;
      });
      return { name: `search of 100,000, ${name}, median`, value: percentile(times, 0.5), unit: "ms", limit: 30 };
    });
  } finally {
    catalog.close();
    await rm(folder, { recursive: true, force: true });
  }
};
