/** `npm run bench`: measures the production build and prints each figure beside its limit. Needs `npm run build` first. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPreview } from "../../dev/preview.ts";
import { orOneSentence } from "../../dev/sentence.ts";
import type { Figure, Measurement } from "./figure.ts";

await orOneSentence(async () => {
  const here = import.meta.dirname;
  const files = (await readdir(here)).filter((file) => file.endsWith(".bench.ts")).sort();
  for (const file of files) {
    const { measure } = (await import(path.join(here, file))) as { measure: Measurement };
    const folder = await mkdtemp(path.join(tmpdir(), "keepsake-bench-"));
    const preview = await startPreview({ folder, quiet: true });
    try {
      for (const figure of await measure({ ...preview, folder })) print(figure);
    } finally {
      await preview.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
});

function print({ name, value, unit, limit, least, peer }: Figure): void {
  const over = limit !== undefined && value > limit;
  const under = least !== undefined && value < least;
  if (over || under) process.exitCode = 1;
  const bounds = [
    limit !== undefined && `limit ${limit} ${unit}${over ? ", EXCEEDED" : ""}`,
    least !== undefined && `at least ${least.toFixed(0)} ${unit}${under ? ", MISSED" : ""}`,
  ];
  const beside = [...bounds, peer].filter(Boolean).join("; ");
  const shown = value < 10 ? value.toFixed(2) : value.toFixed(1);
  console.log(`${name.padEnd(46)} ${shown.padStart(8)} ${unit}${beside && `  (${beside})`}`);
}
