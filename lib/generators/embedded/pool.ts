/** A few worker threads and the line in front of them. */
import { Worker } from "node:worker_threads";
import type { Job, Message } from "@/lib/generators/embedded/protocol";
import type { Picture, PictureRequest } from "@/lib/generators/embedded/render";
import { Failure } from "@/lib/http/errors";

export type PoolSettings = {
  /** The worker's source file. */
  file: string;
  /** How many pictures are made at once. */
  threads: number;
  /** How many may wait; beyond that requests are refused. */
  line: number;
  /** After how long without work a thread ends, in milliseconds. */
  rest: number;
};

export type Report = Exclude<Message, { type: "finished" | "stopped" }> | { type: "queued"; position: number };

type Order = {
  request: PictureRequest;
  signal: AbortSignal;
  report: (report: Report) => void;
  resolve: (picture: Picture) => void;
  reject: (reason: unknown) => void;
  /** The place in line that was last told; 0 before any. */
  position: number;
};

type Thread = { worker: Worker; current: { order: Order; stop: Int32Array<SharedArrayBuffer> } | null; resting: NodeJS.Timeout | null };

export type Pool = {
  /**
   * Makes a picture as soon as a thread is free. Aborting takes it out of the line or stops its thread's work.
   * @throws the signal's reason; Failure `generator_failed` when the thread dies, `generator_busy` when the line is full
   */
  run(request: PictureRequest, options: { signal: AbortSignal; report: (report: Report) => void }): Promise<Picture>;
  /** Ends all threads; what they were making, and what waits, is rejected. */
  close(): Promise<void>;
};

export function createPool({ file, threads: most, line, rest }: PoolSettings): Pool {
  const threads = new Set<Thread>();
  const waiting: Order[] = [];

  function run(request: PictureRequest, { signal, report }: Parameters<Pool["run"]>[1]): Promise<Picture> {
    const { promise, resolve, reject } = Promise.withResolvers<Picture>();
    if (signal.aborted) return Promise.reject(signal.reason);
    const thread = freeThread();
    if (!thread && waiting.length >= line) return Promise.reject(new Failure("generator_busy"));
    const order: Order = { request, signal, report, resolve, reject, position: 0 };
    const abort = () => cancel(order);
    signal.addEventListener("abort", abort, { once: true });
    if (thread) start(thread, order);
    else {
      waiting.push(order);
      tellPlaces();
    }
    return promise.finally(() => signal.removeEventListener("abort", abort));
  }

  function freeThread(): Thread | null {
    for (const thread of threads) if (!thread.current) return thread;
    return threads.size < most ? addThread() : null;
  }

  function addThread(): Thread {
    // The path is opaque to the bundler on purpose. The thread gets no settings and no secrets: it needs none.
    const worker = new Worker(/* turbopackIgnore: true */ file, { env: {}, execArgv: [], name: "picture" });
    const thread: Thread = { worker, current: null, resting: null };
    threads.add(thread);
    worker.unref();
    worker.on("message", (message: Message) => receive(thread, message));
    worker.on("error", (cause) => lose(thread, cause));
    worker.on("exit", (code) => lose(thread, new Error(`the worker thread ended with code ${code}`)));
    return thread;
  }

  function start(thread: Thread, order: Order): void {
    if (thread.resting) clearTimeout(thread.resting);
    const stop = new Int32Array(new SharedArrayBuffer(4));
    thread.current = { order, stop };
    thread.worker.postMessage({ request: order.request, stop: stop.buffer } satisfies Job);
  }

  function receive(thread: Thread, message: Message): void {
    const order = thread.current?.order;
    if (message.type === "finished" || message.type === "stopped") {
      thread.current = null;
      if (message.type === "finished") order?.resolve(message.picture);
      next(thread);
    } else if (order && !order.signal.aborted) order.report(message);
  }

  function next(thread: Thread): void {
    const order = waiting.shift();
    if (order) {
      start(thread, order);
      tellPlaces();
      return;
    }
    thread.resting = setTimeout(() => {
      threads.delete(thread);
      void thread.worker.terminate();
    }, rest).unref();
  }

  function cancel(order: Order): void {
    order.reject(order.signal.reason);
    const place = waiting.indexOf(order);
    if (place >= 0) {
      waiting.splice(place, 1);
      tellPlaces();
      return;
    }
    for (const { current } of threads) if (current?.order === order) Atomics.store(current.stop, 0, 1);
  }

  /** A thread has died: its picture fails, and a new thread takes the next in line. */
  function lose(thread: Thread, cause: unknown): void {
    if (thread.resting) clearTimeout(thread.resting);
    if (!threads.delete(thread)) return;
    thread.current?.order.reject(new Failure("generator_failed", { cause }));
    if (waiting.length > 0) next(addThread());
  }

  function tellPlaces(): void {
    for (const [index, order] of waiting.entries()) {
      if (order.position === index + 1) continue;
      order.position = index + 1;
      order.report({ type: "queued", position: order.position });
    }
  }

  async function close(): Promise<void> {
    for (const order of waiting.splice(0)) order.reject(new Failure("generator_unavailable"));
    const ending = [...threads].map(({ worker }) => worker.terminate());
    await Promise.all(ending);
  }

  return { run, close };
}
