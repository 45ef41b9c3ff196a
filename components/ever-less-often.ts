/** `firstMs` is the first pause and `longestMs` the longest, in ms. */
type Pauses = { firstMs: number; longestMs: number };

/** Does something again and again, after pauses that grow by half each time. Gives back how to end it; `ended` tells what is under way then. */
export function everLessOften(act: (ended: AbortSignal) => Promise<void>, { firstMs, longestMs }: Pauses): () => void {
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const actAfter = (pauseMs: number) => {
    timer = setTimeout(async () => {
      await act(end.signal);
      if (!end.signal.aborted) actAfter(Math.min(pauseMs * 1.5, longestMs));
    }, pauseMs);
  };
  actAfter(firstMs);
  return () => {
    end.abort();
    clearTimeout(timer);
  };
}
