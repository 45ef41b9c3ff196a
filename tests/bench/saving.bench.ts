/** What storage on a local disk adds to a picture: from the moment it is stored to the moment it is saved. */
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";

const pictures = 20;

export const measure: Measurement = async ({ origin }): Promise<Figure[]> => {
  const client = await signInByHttp(origin, "bench");
  const gaps: number[] = [];
  for (let seed = 0; seed <= pictures; seed += 1) {
    const response = await client.request(`${origin}/api/generations`, {
      method: "POST",
      body: JSON.stringify({ prompt: "waves at dusk", width: 832, height: 1216, seed }),
      headers: { origin, "content-type": "application/json", accept: "text/event-stream" },
    });
    const gap = await gapBetween(response, "event: stored", "event: saved");
    // The first also makes folders and threads.
    if (seed > 0) gaps.push(gap);
  }
  return [
    { name: "storage on a local disk adds: median", value: percentile(gaps, 0.5), unit: "ms", limit: 10 },
    { name: "storage on a local disk adds: 95 of 100", value: percentile(gaps, 0.95), unit: "ms" },
  ];
};

/** Milliseconds between two events of a stream. @throws Error when one of them does not come */
async function gapBetween(response: Response, first: string, second: string): Promise<number> {
  let text = "";
  let since = Number.NaN;
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (Number.isNaN(since) && text.includes(first)) since = performance.now();
    if (text.includes(second)) return performance.now() - since;
  }
  throw new Error(`the picture was not saved: ${response.status}`);
}
