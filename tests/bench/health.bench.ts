/** How quickly the server answers while it is making pictures: the engine must never block the event loop. */
import { setTimeout as delay } from "node:timers/promises";
import { makePicture } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";

export const measure: Measurement = async ({ origin }): Promise<Figure[]> => {
  const client = await signInByHttp(origin, "bench");
  await sample(origin, delay(500));
  const idle = percentile(await sample(origin, delay(2000)), 0.95);
  const four = Promise.all(
    [1, 2, 3, 4].map((seed) => makePicture(client, origin, { prompt: "waves at dusk", width: 1024, height: 1024, seed })),
  );
  const busy = percentile(await sample(origin, four), 0.95);
  return [
    { name: "p95 of /api/health, idle", value: idle, unit: "ms" },
    { name: "p95 of /api/health, four images in the making", value: busy, unit: "ms", limit: 50, peer: `idle ${idle.toFixed(2)} ms` },
  ];
};

/** Milliseconds of one request after another, with a pause of 5 ms between them, until `end` has come. */
async function sample(origin: string, end: Promise<unknown>): Promise<number[]> {
  const state = { ended: false };
  const ending = end.finally(() => {
    state.ended = true;
  });
  const samples: number[] = [];
  while (!state.ended) {
    const started = performance.now();
    const response = await fetch(`${origin}/api/health`);
    await response.arrayBuffer();
    samples.push(performance.now() - started);
    await delay(5);
  }
  await ending;
  return samples;
}
