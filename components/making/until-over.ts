import { ApiFailure } from "@/components/api-client";
import type { Generation } from "@/lib/gallery/generation";
import type { MakingEvent } from "@/lib/gallery/making";
import { watchPicture } from "./making";

/** How often a connection that was lost is looked for again, each time after twice as many seconds. */
const mostReturns = 6;

/** A connection that is lost while the work goes on is taken up again. */
export async function untilOver(
  begin: (report: (event: MakingEvent) => void, signal: AbortSignal) => Promise<Generation>,
  idOf: () => string | undefined,
  report: (event: MakingEvent) => void,
  signal: AbortSignal,
): Promise<Generation> {
  let attempt = begin;
  for (let returns = 0; ; returns++) {
    try {
      return await attempt(report, signal);
    } catch (error) {
      const id = idOf();
      if (signal.aborted || !id || returns >= mostReturns || !(error instanceof ApiFailure) || error.code !== "unreachable") throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** returns));
      attempt = (listen, stopped) => watchPicture(id, listen, stopped);
    }
  }
}
