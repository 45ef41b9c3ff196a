/** Requests as fast as they are answered, in turns too short for the machine's other work to favour one of those that take turns. */
import { type Agent, get } from "node:http";
import { buffer } from "node:stream/consumers";

const turnMs = 200;
/** Connections that ask beside each other: an agent should have as many sockets. */
export const atOnce = 8;

/** Requests per second over one turn. */
export async function rate(address: string, options: { agent: Agent; headers: Record<string, string> }): Promise<number> {
  const started = performance.now();
  let answered = 0;
  const worker = async () => {
    while (performance.now() - started < turnMs) {
      await new Promise<void>((resolve, reject) => {
        get(address, options, (answer) => void buffer(answer).then(() => resolve(), reject)).on("error", reject);
      });
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (1000 * answered) / (performance.now() - started);
}
