import path from "node:path";
import { Worker } from "node:worker_threads";
import { processWide } from "@/lib/process-wide";
import type { FileWork } from "@/lib/storage/volume/file-work";
import type { Answer, Order } from "@/lib/storage/volume/worker";

/** The same work, done elsewhere. A call rejects with the system's error, or with ETIMEDOUT while storage is silent. */
export type Files = { [Name in keyof FileWork]: (...parameters: Parameters<FileWork[Name]>) => Promise<ReturnType<FileWork[Name]>> };

export type FileThreads = {
  files: Files;
  /** True while threads are stuck in calls that storage has not answered: such a process cannot end by itself. */
  isStuck(): boolean;
};

type Call = { order: Order; resolve: (value: never) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };
type Thread = { worker: Worker; call: Call | null };

type Settings = {
  /** How many calls are made at once. */
  threads?: number;
  /** How long one may take, with waiting for its turn, in milliseconds. */
  deadlineMs?: number;
  /** How many threads may be stuck before no new one is risked. */
  mostStuck?: number;
  /** While storage is silent, one call so often, in milliseconds, finds out whether it still is; all others fail at once. */
  probeEveryMs?: number;
};

const workNames: readonly (keyof FileWork)[] = [
  ...(["writeNew", "read", "remove", "entriesOf", "mayExist", "makeFolder", "syncFolder", "syncReader"] as const),
  ...(["removeOld", "ownerOf", "folderKind", "isRemote", "link", "rename", "canBeChanged"] as const),
];

/**
 * Files by threads that are started when they are needed. A call that is not answered in time fails, and its thread, which nothing can
 * free, is left to wait while another takes its place; it is of use again as soon as it is answered.
 */
export function startFileThreads(settings: Settings = {}): FileThreads {
  const { threads: most = 4, deadlineMs = 10_000, mostStuck = 8, probeEveryMs = 5000 } = settings;
  const threads = new Set<Thread>();
  const stuck = new Set<Thread>();
  const line: Call[] = [];
  let silentSince: number | null = null;
  let probedAt = 0;

  function call(order: Order): Promise<never> {
    if (silentSince !== null) {
      const isProbe = Date.now() - probedAt > probeEveryMs && (idleThread() !== null || mayStartThread());
      if (!isProbe) return Promise.reject(silence(order));
      probedAt = Date.now();
    }
    return new Promise((resolve, reject) => {
      const asked: Call = { order, resolve, reject, timer: setTimeout(() => giveUp(asked), deadlineMs) };
      line.push(asked);
      next();
    });
  }

  function next(): void {
    while (line.length > 0) {
      const thread = freeThread();
      const first = thread && line.shift();
      if (!first) return;
      thread.call = first;
      thread.worker.postMessage(first.order);
    }
  }

  function freeThread(): Thread | null {
    return idleThread() ?? (mayStartThread() ? addThread() : null);
  }

  function idleThread(): Thread | null {
    for (const thread of threads) if (!thread.call) return thread;
    return null;
  }

  function mayStartThread(): boolean {
    return threads.size < most && stuck.size < mostStuck;
  }

  function addThread(): Thread {
    // Node runs the worker from its source. The path is opaque to the bundler on purpose; settings and secrets it needs none.
    const file = path.join(/* turbopackIgnore: true */ process.cwd(), "lib", "storage", "volume", "worker.ts");
    const worker = new Worker(/* turbopackIgnore: true */ file, { env: {}, execArgv: [], name: "files" });
    const thread: Thread = { worker, call: null };
    threads.add(thread);
    worker.on("message", (answer: Answer) => receive(thread, answer));
    worker.on("error", (error) => lose(thread, error as Error));
    worker.on("exit", () => lose(thread, new Error("the thread for files has ended")));
    // Not before: whoever listens for messages is waited for.
    worker.unref();
    return thread;
  }

  function receive(thread: Thread, answer: Answer): void {
    silentSince = null;
    const answered = thread.call;
    thread.call = null;
    if (stuck.delete(thread)) {
      if (threads.size < most) threads.add(thread);
      else void thread.worker.terminate();
    }
    if (answered) settle(answered, answer);
    next();
  }

  function settle({ timer, resolve, reject }: Call, answer: Answer): void {
    clearTimeout(timer);
    if ("value" in answer) resolve(answer.value as never);
    else reject(Object.assign(new Error(answer.error.message), answer.error));
  }

  function giveUp(late: Call): void {
    late.reject(silence(late.order));
    silentSince ??= Date.now() - deadlineMs;
    probedAt = Date.now();
    const place = line.indexOf(late);
    if (place >= 0) line.splice(place, 1);
    for (const thread of threads) {
      if (thread.call !== late) continue;
      threads.delete(thread);
      stuck.add(thread);
    }
    for (const waiting of line.splice(0)) {
      clearTimeout(waiting.timer);
      waiting.reject(silence(waiting.order));
    }
  }

  function lose(thread: Thread, error: Error): void {
    stuck.delete(thread);
    if (!threads.delete(thread)) return;
    const { call: lost } = thread;
    if (lost) settle(lost, { error: { message: error.message } });
    next();
  }

  function silence({ name }: Order): Error {
    const seconds = Math.round((silentSince === null ? deadlineMs : Date.now() - silentSince) / 1000);
    const message = `storage has not answered for ${seconds} s`;
    return Object.assign(new Error(message), { code: "ETIMEDOUT", syscall: name, silent: true });
  }

  const entries = workNames.map((name) => [name, (...parameters: unknown[]) => call({ name, parameters })] as const);
  return { files: Object.fromEntries(entries) as unknown as Files, isStuck: () => stuck.size > 0 };
}

/** The threads that touch the files of volumes in this process. */
export function volumeFiles(): FileThreads {
  return processWide("volume-files", () => startFileThreads());
}
