/** What a gallery costs when it is large: pages of the catalog, a rebuild of a hundred thousand manifests, a start without a cache. */
import "../support/import-from-root.ts";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Environment, untilAnswering } from "../../dev/child.ts";
import { freePort } from "../../dev/ports.ts";
import { startProduction } from "../../dev/production.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import type { Figure, Measurement } from "./figure.ts";

const aThousand = 1000;
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

    const few = path.join(folder, "few");
    await writeArchive(few, owner, aThousand);
    const start = (dataDir: string, cacheDir: string) => {
      const settings = { ...process.env, ...hub.environment, APP_URL: origin, DATA_DIR: dataDir, CACHE_DIR: path.join(folder, cacheDir) };
      return startAndList(settings, client.request);
    };
    const small = await start(few, "cache-of-few");
    const large = await start(archive, "cache");
    return [
      { name: "page of 50 among 1,000, median", value: pages.small, unit: "ms" },
      { name: "page of 50 among 1,000,000, median", value: pages.large, unit: "ms", limit: Number((pages.small * 1.2).toFixed(3)) },
      { name: "rebuild of 100,000 from manifests", value: rebuilt.fromManifests, unit: "s", limit: 60 },
      { name: "rebuild of 100,000 from a snapshot", value: rebuilt.fromSnapshot, unit: "s" },
      { name: "a snapshot of 100,000", value: rebuilt.snapshot, unit: "s" },
      { name: "looking for news among 100,000", value: rebuilt.nothingNew, unit: "s" },
      { name: "start with 100,000, no cache: first full page", value: large.firstPage, unit: "s", limit: 3 },
      { name: "memory of the server with 1,000", value: small.megabytes, unit: "MB" },
      { name: "memory of the server with 100,000", value: large.megabytes, unit: "MB", limit: Math.ceil(small.megabytes * 1.5) },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Starts a server without a cache: seconds to the first full page, and what memory it has in use when it knows everything. */
async function startAndList(settings: Environment, request: (address: string) => Promise<Response>) {
  const port = await freePort();
  const started = performance.now();
  const server = startProduction(port, settings, { quiet: true });
  const page = async () => (await (await request(`http://localhost:${port}/api/generations`)).json()) as Page;
  try {
    await untilAnswering(`http://localhost:${port}/api/health`, server, 30);
    while ((await page()).items.length < 50) await pause(50);
    const firstPage = (performance.now() - started) / 1000;
    while ((await page()).catchingUp) await pause(2000);
    for (let n = 0; n < 10; n += 1) await page();
    // What reading everything has left behind is collected once there is nothing to do.
    await pause(20_000);
    return { firstPage, megabytes: await residentMegabytes(server.process.pid ?? 0) };
  } finally {
    await server.stop();
  }
}

type Page = { items: unknown[]; catchingUp?: true };

/** Where the system tells, as Linux does; else not a number. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}
