/** How long a sleeping Space takes to answer: from starting the process to the first page. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { untilAnswering } from "../../dev/child.ts";
import { freePort } from "../../dev/ports.ts";
import { startProduction } from "../../dev/production.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";

export const measure: Measurement = async (): Promise<Figure[]> => {
  const milliseconds: number[] = [];
  for (let start = 0; start < 5; start++) milliseconds.push(await coldStart());
  return [{ name: "cold start to the first page, median of 5", value: percentile(milliseconds, 0.5), unit: "ms" }];
};

async function coldStart(): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-bench-"));
  const port = await freePort();
  const environment = { ...process.env, DATA_DIR: path.join(folder, "archive"), CACHE_DIR: path.join(folder, "cache") };
  const started = performance.now();
  const server = startProduction(port, environment, { quiet: true });
  try {
    await untilAnswering(`http://localhost:${port}/`, server, 30);
    return performance.now() - started;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
