/** The thread that touches a volume's files: one call at a time, each until the system answers, however long that takes. */
import { parentPort } from "node:worker_threads";
import { type FileWork, fileWork } from "./file-work.ts";

export type Order = { name: keyof FileWork; parameters: readonly unknown[] };
export type Answer = { value: unknown } | { error: { message: string; code?: string | undefined; syscall?: string | undefined } };

if (!parentPort) throw new Error("worker.ts is started as a worker thread");
const port = parentPort;

port.on("message", ({ name, parameters }: Order) => {
  try {
    const value = (fileWork[name] as (...given: readonly unknown[]) => unknown)(...parameters);
    port.postMessage({ value } satisfies Answer, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []);
  } catch (cause) {
    const { message, code, syscall } = cause as NodeJS.ErrnoException;
    port.postMessage({ error: { message, code, syscall } } satisfies Answer);
  }
});
