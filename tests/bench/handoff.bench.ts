/** What the time of an answer tells somebody who guesses the verifier of a handoff, on a server that runs as in a Space. */
import { beginHandoff, claimHandoff, newSecret } from "../support/handoff.ts";
import { startSpace } from "../support/space.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";

const rounds = 200;

export const measure: Measurement = async (): Promise<Figure[]> => {
  const space = await startSpace();
  try {
    const frame = space.client();
    const { verifier, challenge } = newSecret();
    await beginHandoff(space.client(), challenge);
    const timeOf = async (guess: string, statuses: readonly number[]) => {
      const began = performance.now();
      const { status } = await claimHandoff(frame, guess);
      if (!statuses.includes(status)) throw new Error(`a claim was answered with ${status}`);
      return performance.now() - began;
    };
    const [wrong, right]: [number[], number[]] = [[], []];
    for (let round = -10; round < rounds; round += 1) {
      const times = [await timeOf(newSecret().verifier, [404, 429]), await timeOf(verifier, [204])] as const;
      if (round < 0) continue;
      wrong.push(times[0]);
      right.push(times[1]);
    }
    const [ofWrong, ofRight] = [percentile(wrong, 0.5), percentile(right, 0.5)];
    const peer = `medians ${ofWrong.toFixed(2)} and ${ofRight.toFixed(2)} ms`;
    return [{ name: "a wrong guess of a verifier beside the right one", value: Math.abs(ofWrong - ofRight), unit: "ms", limit: 5, peer }];
  } finally {
    await space.close();
  }
};
