/** Runs one of the project's tools on this Node and keeps what it says. */
import { spawn } from "node:child_process";

export type Outcome = { ok: boolean; output: string; seconds: number };

export type CommandOptions = {
  environment?: Record<string, string>;
  onOutput?: (text: string) => void;
  /** It is ended after so many seconds: a tool that hangs must not hang everything. */
  limit?: number;
};

/** Runs a script of node_modules or of ours, without a shell and with stdin closed. Never rejects. */
export function run(
  script: string,
  parameters: readonly string[],
  { environment, onOutput, limit = 600 }: CommandOptions = {},
): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...parameters], {
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: Buffer[] = [];
    const keep = (chunk: Buffer) => {
      said.push(chunk);
      onOutput?.(chunk.toString());
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      finish(false, `\nstopped after ${limit} s\n`);
    }, limit * 1000);
    const finish = (ok: boolean, more = "") => {
      clearTimeout(timer);
      resolve({ ok, output: Buffer.concat(said).toString() + more, seconds: (performance.now() - started) / 1000 });
    };
    child.once("error", (error) => finish(false, String(error)));
    child.once("close", (code) => finish(code === 0));
  });
}

/** The tools, as their packages name them under `bin`. */
export const tools = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  knip: "node_modules/knip/bin/knip.js",
  next: "node_modules/next/dist/bin/next",
  playwright: "node_modules/@playwright/test/cli.js",
  tsc: "node_modules/typescript/bin/tsc",
  vitest: "node_modules/vitest/vitest.mjs",
} as const;
