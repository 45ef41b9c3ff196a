/** How long one picture takes, from the request to the moment it is kept. */
import { makePicture } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";

const prompts = ["waves at dusk", "a quiet forest in mist", "geometry in red and gold", "stars over the dunes", "neon city in the rain"];

export const measure: Measurement = async ({ origin }): Promise<Figure[]> => {
  const client = await signInByHttp(origin, "bench");
  await makePicture(client, origin, { prompt: "to warm up", width: 1024, height: 1024, seed: 0 });
  const seconds: number[] = [];
  for (const [seed, prompt] of prompts.entries()) {
    const started = performance.now();
    await makePicture(client, origin, { prompt, width: 1024, height: 1024, seed });
    seconds.push((performance.now() - started) / 1000);
  }
  return [
    { name: "one image of 1024×1024, request to kept: median", value: percentile(seconds, 0.5), unit: "s", limit: 2 },
    { name: "one image of 1024×1024, request to kept: slowest", value: percentile(seconds, 1), unit: "s" },
  ];
};
