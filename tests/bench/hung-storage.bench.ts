/** How long what needs no storage takes while storage hangs, beside how long it takes at all. */
import path from "node:path";
import { hangArchive } from "../support/hang.ts";
import { makePicture } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";

const rounds = 21;
const limit = 500;

export const measure: Measurement = async ({ origin, folder }): Promise<Figure[]> => {
  const client = await signInByHttp(origin, "bench");
  const { id, imageUrl } = await makePicture(client, origin);
  const asked: Record<string, () => Promise<Response>> = {
    "landing page": () => fetch(origin),
    "beginning to sign in": () => fetch(`${origin}/login?next=/gallery`, { redirect: "manual" }),
    "a whole sign-in": async () => (await signInByHttp(origin, "bench")).request(`${origin}/api/me`),
    "/api/health": () => fetch(`${origin}/api/health`),
    gallery: () => client.request(`${origin}/gallery`),
    "a thumbnail that was seen": () => client.request(`${origin}${imageUrl}?width=640`),
  };
  const timesOf = async () => {
    const times: Record<string, number[]> = {};
    for (let round = -2; round < rounds; round += 1) {
      for (const [name, ask] of Object.entries(asked)) {
        const began = performance.now();
        const response = await ask();
        await response.arrayBuffer();
        if (response.status >= 400) throw new Error(`${name} was answered with ${response.status}`);
        if (round >= 0) times[name] = [...(times[name] ?? []), performance.now() - began];
      }
    }
    return times;
  };
  const healthy = await timesOf();
  const release = await hangArchive(path.join(folder, "archive"), id);
  // Somebody has to wait for it, or nothing hangs.
  const lost = client.request(origin + imageUrl);
  const hung = await timesOf();
  await release();
  await lost;
  return Object.entries(hung).map(([name, times]) => ({
    name: `while storage hangs: ${name}, median`,
    value: percentile(times, 0.5),
    unit: "ms" as const,
    limit,
    peer: `${percentile(healthy[name] ?? [], 0.5).toFixed(2)} ms while it answers`,
  }));
};
