/** What a measurement gives, and what it is given. */
import type { Preview } from "../../dev/preview.ts";

export type Figure = {
  name: string;
  value: number;
  unit: "ms" | "s" | "kB" | "MB" | "req/s" | "nodes" | "%";
  /** The most it may be; beyond it, `npm run bench` fails. */
  limit?: number;
  /** The least it may be; below it, `npm run bench` fails. */
  least?: number;
  /** A peer to compare with, in words. */
  peer?: string;
};

/** One file of measurements: `measure` gets a freshly started production server and the folder that holds its archive and cache. */
export type Measurement = (preview: Preview & { folder: string }) => Promise<Figure[]>;

/** The value below which a share of the samples lies, by nearest rank. `samples` must not be empty. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
