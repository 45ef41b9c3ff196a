/** A server in a process of its own, started without a shell so that it works alike everywhere. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";

/** Variables of a process; undefined takes one away. */
export type Environment = Record<string, string | undefined>;

export type ServerProcess = {
  process: ChildProcess;
  /** The exit code once it has ended; 128 and the signal's number when a signal ended it, as shells count. */
  ended: Promise<number>;
  /** Asks it to stop, and ends it after 5 s. */
  stop(): Promise<number>;
};

/** How much of what a server writes is heard, and by whom. */
export type Listening = { quiet?: boolean | undefined; onLine?: ((line: string) => void) | undefined };

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

// What Next.js says about itself: its banner, that it is ready, what it compiles; and requests that went well, in its words and in ours.
const chatter =
  /^\s*(?:$|▲|- (?:Local|Network|Environments|Experiments)|[✓○]|(?:GET|HEAD|POST|PATCH|PUT|DELETE|OPTIONS) \S+ [123]\d\d |\{"level":"info")/u;

/**
 * Starts a script on this Node. What Next.js says about itself is left out of its output, everything else is passed on;
 * a quiet server is heard only when something is wrong. With `onLine` nothing is passed on or left out: it gets every line.
 */
export function startServer(
  script: string,
  parameters: readonly string[],
  environment: Environment,
  { quiet = false, onLine }: Listening = {},
): ServerProcess {
  const child = spawn(process.execPath, [script, ...parameters], {
    // The types of Next.js want NODE_ENV in every environment; here it may be missing.
    env: { ...(process.stdout.isTTY && { FORCE_COLOR: "1" }), ...environment } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", onLine ? "pipe" : "inherit"],
  });
  if (child.stderr && onLine) createInterface(child.stderr).on("line", onLine);
  if (child.stdout) {
    createInterface(child.stdout).on("line", (line) => {
      if (onLine) onLine(line);
      else if (!quiet && !chatter.test(stripVTControlCharacters(line))) console.log(line);
    });
  }
  const ended = new Promise<number>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signalNumbers[signal ?? "SIGTERM"] ?? 0)));
    child.once("error", () => resolve(1));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const deadline = AbortSignal.timeout(5000);
    deadline.addEventListener("abort", () => child.kill("SIGKILL"));
    return ended;
  };
  return { process: child, ended, stop };
}

/**
 * Resolves when the address answers, with whatever status.
 * @throws Error when the server ends first, or after `seconds`
 */
export async function untilAnswering(address: string, server: ServerProcess, seconds = 120): Promise<void> {
  const ended = { value: false };
  server.ended.then(() => {
    ended.value = true;
  });
  for (const end = Date.now() + seconds * 1000; Date.now() < end && !ended.value; await delay(10)) {
    const response = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
    if (response) return response.body?.cancel();
  }
  throw new Error(ended.value ? "The server ended before it answered." : `The server did not answer within ${seconds} s.`);
}

/** Ends everything when this process is asked to stop, and keeps the exit code of the server. */
export async function runUntilStopped(server: ServerProcess, closeRest: () => Promise<void>): Promise<never> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      server.process.kill(signal);
      server.stop();
    });
  }
  const code = await server.ended;
  await closeRest();
  process.exit(code);
}
