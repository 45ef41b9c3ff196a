import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createPool, type Pool, type PoolSettings, type Report } from "@/lib/generators/embedded/pool";
import { Failure } from "@/lib/http/errors";

const worker = path.resolve("lib/generators/embedded/worker.ts");
const small = { prompt: "a calm sea", width: 32, height: 32, seed: 1 };
const large = { prompt: "marble", width: 1344, height: 1344, seed: 1 };
const never = new AbortController().signal;

const pools: Pool[] = [];
const folders: string[] = [];

function pool(settings: Partial<PoolSettings> = {}): Pool {
  const made = createPool({ file: worker, threads: 1, line: 64, rest: 60_000, ...settings });
  pools.push(made);
  return made;
}

/** A worker file of a test's own. */
function workerOf(source: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "keepsake-test-"));
  folders.push(folder);
  const file = path.join(folder, "worker.mjs");
  writeFileSync(file, `import { parentPort } from "node:worker_threads";\n${source}`);
  return file;
}

const picture = "{ type: 'finished', picture: { width: 1, height: 1, pixels: new Uint8Array(4), style: 'sea', palette: 'dusk' } }";

afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Starts a large picture and resolves once work on it has begun. */
async function begin(made: Pool): Promise<{ stop: AbortController; result: Promise<unknown> }> {
  const stop = new AbortController();
  const begun = Promise.withResolvers<void>();
  const result = made.run(large, { signal: stop.signal, report: () => begun.resolve() }).catch((error: unknown) => error);
  await begun.promise;
  return { stop, result };
}

function inLine(made: Pool): { places: number[]; stop: AbortController; result: Promise<unknown> } {
  const stop = new AbortController();
  const places: number[] = [];
  const report = (message: Report) => {
    if (message.type === "queued") places.push(message.position);
  };
  return { places, stop, result: made.run(small, { signal: stop.signal, report }).catch((error: unknown) => error) };
}

test("makes a picture, with progress up to its total and previews on the way", async () => {
  const reports: Report[] = [];
  const made = await pool().run({ ...small, width: 160, height: 160 }, { signal: never, report: (report) => reports.push(report) });
  expect(made).toMatchObject({ width: 160, height: 160, style: "sea" });
  const progress = reports.flatMap((report) => (report.type === "progress" ? report : []));
  expect(progress.at(-1)?.done).toBe(progress[0]?.total);
  expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).toSorted((a, b) => a - b));
  expect(reports.filter(({ type }) => type === "preview").length).toBeGreaterThan(2);
});

test("tells everybody in line their place, and again as the line moves", async () => {
  const made = pool();
  const running = await begin(made);
  const waiting = [inLine(made), inLine(made), inLine(made)] as const;
  expect(waiting.map(({ places }) => places)).toEqual([[1], [2], [3]]);
  waiting[1].stop.abort(new Error("changed my mind"));
  expect(await waiting[1].result).toMatchObject({ message: "changed my mind" });
  expect(waiting.map(({ places }) => places)).toEqual([[1], [2], [3, 2]]);
  running.stop.abort(new Error("enough"));
  expect(await running.result).toMatchObject({ message: "enough" });
  expect(await waiting[0].result).toMatchObject({ style: "sea" });
  expect(await waiting[2].result).toMatchObject({ style: "sea" });
  expect(waiting[2].places).toEqual([3, 2, 1]);
});

test("a running picture that is cancelled really stops, long before it would have been finished", async () => {
  const made = pool();
  const [running, uncancelled] = [await begin(made), await begin(pool())];
  const next = inLine(made);
  running.stop.abort();
  // The next one starts as soon as the thread has noticed: the same picture that nobody cancelled is still being made elsewhere.
  expect(await Promise.race([next.result, uncancelled.result])).toMatchObject({ width: small.width });
});

test("an order that is cancelled before it is placed is never made", async () => {
  const stop = AbortSignal.abort(new Error("too late"));
  await expect(pool().run(small, { signal: stop, report: () => expect.unreachable() })).rejects.toThrow("too late");
});

test("a full line refuses the next", async () => {
  const made = pool({ line: 2 });
  const running = await begin(made);
  const waiting = [inLine(made), inLine(made)];
  await expect(made.run(small, { signal: never, report: () => undefined })).rejects.toMatchObject({ code: "generator_busy" });
  running.stop.abort();
  expect(await Promise.all(waiting.map(({ result }) => result))).toMatchObject([{ style: "sea" }, { style: "sea" }]);
});

test("a thread that dies fails its picture only, and is replaced", async () => {
  const file = workerOf(`parentPort.on("message", ({ request }) => {
    if (request.prompt === "crash") throw new Error("broken");
    parentPort.postMessage(${picture});
  });`);
  const made = pool({ file });
  const crash = made.run({ ...small, prompt: "crash" }, { signal: never, report: () => undefined }).catch((error: unknown) => error);
  const next = made.run(small, { signal: never, report: () => undefined });
  const failure = await crash;
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: "generator_failed", cause: { message: "broken" } });
  expect(await next).toMatchObject({ style: "sea" });
});

test("a worker that cannot start fails every picture instead of leaving it waiting", async () => {
  const made = pool({ file: path.join(tmpdir(), "keepsake-no-such-worker.ts") });
  const results = await Promise.allSettled([1, 2].map(() => made.run(small, { signal: never, report: () => undefined })));
  expect(results).toMatchObject([{ reason: { code: "generator_failed" } }, { reason: { code: "generator_failed" } }]);
});

test("a thread that has rested long enough ends, and a new one takes its place when there is work again", async () => {
  const file = workerOf(`import { threadId } from "node:worker_threads";
    parentPort.on("message", () => {
      const message = ${picture};
      message.picture.style = threadId;
      parentPort.postMessage(message);
    });`);
  const made = pool({ file, rest: 50 });
  const order = () => made.run(small, { signal: never, report: () => undefined });
  const first = await order();
  expect((await order()).style).toBe(first.style);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await order()).style).not.toBe(first.style);
});
