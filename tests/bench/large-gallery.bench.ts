/** What a gallery costs when it is large: pages of the catalog, a rebuild of a hundred thousand manifests, a start without a cache. */
import "../support/import-from-root.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { untilAnswering } from "../../dev/child.ts";
import { freePort } from "../../dev/ports.ts";
import { startProduction } from "../../dev/production.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import type { Figure, Measurement } from "./figure.ts";

const hundredThousand = 100_000;

export const measure: Measurement = async ({ origin, hub }): Promise<Figure[]> => {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-bench-"));
  try {
    const { measurePages, measureRebuild, writeArchive } = await import("../support/archive-of-many.ts");
    const pages = await measurePages(path.join(folder, "million"));
    const client = await signInByHttp(origin, "bench");
    const { id: owner } = (await (await client.request(`${origin}/api/me`)).json()) as { id: string };
    const archive = path.join(folder, "archive");
    await writeArchive(archive, owner, hundredThousand);
    const rebuilt = await measureRebuild(archive, path.join(folder, "rebuilt"));
    if (rebuilt.items !== hundredThousand) throw new Error(`only ${rebuilt.items} were rebuilt`);

    const port = await freePort();
    const settings = { ...process.env, ...hub.environment, APP_URL: origin, DATA_DIR: archive, CACHE_DIR: path.join(folder, "cache") };
    const started = performance.now();
    const server = startProduction(port, settings, { quiet: true });
    let firstPage: number;
    try {
      await untilAnswering(`http://localhost:${port}/api/health`, server, 30);
      while ((await listed(client.request, `http://localhost:${port}`)) < 50) await pause(20);
      firstPage = (performance.now() - started) / 1000;
    } finally {
      await server.stop();
    }
    return [
      { name: "page of 50 among 1,000, median", value: pages.small, unit: "ms" },
      { name: "page of 50 among 1,000,000, median", value: pages.large, unit: "ms", limit: Number((pages.small * 1.2).toFixed(3)) },
      { name: "rebuild of 100,000 from manifests", value: rebuilt.fromManifests, unit: "s", limit: 60 },
      { name: "rebuild of 100,000 from a snapshot", value: rebuilt.fromSnapshot, unit: "s" },
      { name: "a snapshot of 100,000", value: rebuilt.snapshot, unit: "s" },
      { name: "looking for news among 100,000", value: rebuilt.nothingNew, unit: "s" },
      { name: "start with 100,000, no cache: first full page", value: firstPage, unit: "s", limit: 3 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function listed(request: (address: string) => Promise<Response>, origin: string): Promise<number> {
  const response = await request(`${origin}/api/generations`);
  return ((await response.json()) as { items: unknown[] }).items.length;
}
