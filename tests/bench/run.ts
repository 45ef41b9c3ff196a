/**
 * `npm run bench`: measures the production build and prints each figure beside its limit. Needs `npm run build` first.
 * `npm run bench -- session sign-in` runs these files alone.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPreview } from "../../dev/preview.ts";
import { orOneSentence } from "../../dev/sentence.ts";
import type { Figure, Measurement } from "./figure.ts";

await orOneSentence(async () => {
  const here = import.meta.dirname;
  const chosen = process.argv.slice(2);
  const names = (await readdir(here)).filter((file) => file.endsWith(".bench.ts")).map((file) => file.replace(".bench.ts", ""));
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no measurement ${unknown.join(", ")}: choose among ${names.sort().join(", ")}.`);
  const files = names.filter((name) => chosen.length === 0 || chosen.includes(name)).map((name) => `${name}.bench.ts`);
  for (const file of files.sort()) {
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
