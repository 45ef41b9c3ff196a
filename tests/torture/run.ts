/**
 * `npm run test:torture`: the production server is killed (SIGKILL) again and again, at work and while it starts, and asked afterwards
 * whether all that it acknowledged is there. `--rounds 30` says how often, `--on plain`, `streaming` or `advanced` on which
 * storage alone. Needs `npm run build` first.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { untilAnswering } from "../../dev/child.ts";
import { startLocalHub } from "../../dev/local-hub.ts";
import { freePort } from "../../dev/ports.ts";
import { startProduction } from "../../dev/production.ts";
import { orOneSentence } from "../../dev/sentence.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { bringIn, bringInOn, makeOn, makeOne, markOn } from "./client.ts";
import { mountedBucket, type Place, plainFolder, whyNoBucket } from "./places.ts";
import { differences, listEverything, newTruth, violations } from "./truth.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "300" }, on: { type: "string" } } });
const rounds = Number(values.rounds);
const everyFifth = 5;
const settledWithinMs = 120_000;

/** Kills a server in one place so many times; returns what was violated. */
async function torture(place: Place, folder: string): Promise<string[]> {
  const [port, otherPort] = [await freePort(), await freePort()];
  const origin = `http://localhost:${port}`;
  const hub = await startLocalHub({ origins: [origin], folder });
  const environment = { ...process.env, ...hub.environment, APP_URL: origin, DATA_DIR: place.dataDir };
  const said: string[] = [];
  const hear = (cache: string) => (line: string) => {
    // All but requests.
    if (!line.startsWith("{")) said.push(`${new Date().toISOString()} ${cache}: ${line}`);
  };
  const start = (at: number, cache: string) =>
    startProduction(at, { ...environment, CACHE_DIR: path.join(folder, cache) }, { onLine: hear(cache) });
  const truth = newTruth();
  const found: string[] = [];
  let [duringStart, rebuilds] = [0, 0];
  let server = start(port, "cache");
  // Another replica, which nobody kills.
  const witness = start(otherPort, "other-cache");
  try {
    await untilAnswering(`${origin}/api/health`, server, 60);
    const client = await signInByHttp(origin, "torture");
    await bringIn({ client, origin, truth }, 40);
    for (let round = 1; round <= rounds && found.length === 0; round += 1) {
      await place.beginFaults();
      const visit = { client, origin, truth };
      const working = [makeOn(visit), bringInOn(visit), ...Array.from({ length: 3 }, () => markOn(visit))];
      await pause(100 + Math.random() * 2400);
      server.process.kill("SIGKILL");
      await Promise.all([server.ended, ...working]);
      await place.endFaults();
      if (round % everyFifth === 0) await place.crash();
      if (round % everyFifth === 1) {
        // Killed again while it reads what the last one left.
        server = start(port, "cache");
        await pause(Math.random() * 1500);
        server.process.kill("SIGKILL");
        await server.ended;
        duringStart += 1;
      }
      server = start(port, "cache");
      await untilAnswering(`${origin}/api/health`, server, 60);
      found.push(...(await untilTrue(async () => violations(truth, await listEverything(client, origin), { client, origin, images: 10 }))));
      if (round % everyFifth === 2) {
        found.push(...(await untilAllSaved(origin)));
        server.process.kill("SIGKILL");
        await server.ended;
        await rm(path.join(folder, "cache"), { recursive: true, force: true });
        server = start(port, "cache");
        await untilAnswering(`${origin}/api/health`, server, 60);
        found.push(...(await violations(truth, await listEverything(client, origin), { client, origin, images: 10 })));
        rebuilds += 1;
      }
    }
    const other = `http://localhost:${otherPort}`;
    // One replica made it, the other reads it.
    await makeOne({ client, origin, truth });
    found.push(...(await untilAllSaved(origin)));
    const agreed = await untilTrue(async () => differences(await listEverything(client, origin), await listEverything(client, other)));
    found.push(...agreed, ...(await databasesIn(place.dataDir)));
    if (found.length > 0) console.error(said.slice(-60).join("\n"));
    const { made, marked, erased } = truth.counts;
    const kills = `${rounds} kills at work, ${duringStart} at the start, ${rebuilds} rebuilds`;
    console.log(`torture on ${place.name}: ${kills}; ${made} made, ${marked} marked, ${erased} erased; ${found.length} violations`);
    return found;
  } finally {
    for (const one of [server, witness]) one.process.kill("SIGKILL");
    await Promise.all([server.ended, witness.ended, hub.close()]);
  }
}

/** What was on its way when the server died may take a while to be decided: what is wrong counts only when it stays wrong. */
async function untilTrue(look: () => Promise<string[]>): Promise<string[]> {
  for (const end = Date.now() + settledWithinMs; ; await pause(1000)) {
    const found = await look().catch((error: unknown) => [String(error)]);
    if (found.length === 0 || Date.now() > end) return found;
  }
}

/** Marks and tombstones wait, too, not only pictures. */
function untilAllSaved(origin: string): Promise<string[]> {
  return untilTrue(async () => {
    const { backlog } = (await (await fetch(`${origin}/api/ready`)).json()) as { backlog: { objects: number; problem: string | null } };
    return backlog.objects === 0 ? [] : [`${backlog.objects} objects are not saved: ${backlog.problem}`];
  });
}

async function databasesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.(db|sqlite)|-wal$|-shm$|-journal$/.test(name)).map((name) => `${name} lies in the archive`);
}

await orOneSentence(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-torture-"));
  const below = (name: string) => path.join(folder, name);
  const places = new Map<string, () => Promise<Place>>([["plain", () => plainFolder(below("plain"))]]);
  const why = whyNoBucket();
  if (why) console.log(`torture on a mounted bucket: skipped, because ${why}`);
  else for (const mode of ["streaming", "advanced"]) places.set(mode, () => mountedBucket(below(mode), mode));
  try {
    for (const [name, open] of places) {
      if (values.on !== undefined && values.on !== name) continue;
      const place = await open();
      try {
        for (const violation of await torture(place, path.dirname(place.dataDir))) {
          console.error(violation);
          process.exitCode = 1;
        }
      } finally {
        await place.close();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
