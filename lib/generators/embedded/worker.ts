/**
 * The worker thread: makes one picture at a time. In production Node runs this file as it stands, so everything it loads is
 * imported relatively and with its extension, and nothing of the project outside this folder.
 */
import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import type { Job, Message } from "./protocol.ts";
import { renderPicture } from "./render.ts";

if (!parentPort) throw new Error("worker.ts is started as a worker thread");
const port = parentPort;

try {
  // On Linux this is the priority of this thread alone: pictures never take the processor from somebody's page.
  if (process.platform === "linux") setPriority(0, 10);
} catch {
  // Where the system forbids it, pictures are simply made at the usual priority.
}

function post(message: Message, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

port.on("message", ({ request, stop }: Job) => {
  const stopped = new Int32Array(stop);
  const work = renderPicture(request);
  // A report for each hundredth of the work: more than that nobody sees.
  let reported = -1;
  for (let step = work.next(); ; step = work.next()) {
    if (Atomics.load(stopped, 0) !== 0) {
      work.return(undefined as never);
      post({ type: "stopped" });
      return;
    }
    if (step.done) {
      post({ type: "finished", picture: step.value }, [step.value.pixels.buffer]);
      return;
    }
    const { done, total, preview } = step.value;
    const percent = Math.floor((done / total) * 100);
    if (percent > reported) post({ type: "progress", done, total });
    reported = percent;
    if (preview) post({ type: "preview", preview }, [preview.pixels.buffer]);
  }
});
