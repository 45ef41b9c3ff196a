/** The models of an app on this machine: the stand-in's, or with HF_TOKEN the real ones. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Environment } from "./child.ts";
import { type RunningInferenceRouter, startInferenceRouter } from "./inference-router.ts";

export type Models = { environment: Environment; router: RunningInferenceRouter | null; close(): Promise<void> };

/** Starts the stand-in unless HF_TOKEN is set. `environment` makes a process use it. `paceMs` as in `startInferenceRouter`. */
export async function startModels(settings: { paceMs?: number } = {}): Promise<Models> {
  if (process.env.HF_TOKEN) return { environment: {}, router: null, close: async () => {} };
  const router = await startInferenceRouter(settings);
  const preload = `--import ${pathToFileURL(path.join(import.meta.dirname, "rerouted.ts")).href}`;
  const environment = { INFERENCE_STAND_IN: router.origin, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} ${preload}`.trim() };
  return { environment, router, close: router.close };
}
