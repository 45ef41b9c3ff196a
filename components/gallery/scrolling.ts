/** The page's scrolling, told once per frame; and whether it goes so fast that nobody sees a single picture. */

/** In px per ms; a flick of the thumb on a phone is about 3. */
const fast = 4;
/** After so long without scrolling, in ms, one has arrived. */
const rest = 120;

const listeners = new Set<() => void>();
const waiting = new Set<() => void>();
/** Also before the page is alive, on the server, too: all but the first pictures leave the line to the scripts. */
let hurrying = true;
let last = { top: 0, time: 0 };
let frame = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Calls back after the page was scrolled or resized, at most once per frame; gives back how to end that. */
export function scrolled(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener("scroll", onScroll, { passive: true });
    addEventListener("resize", onScroll, { passive: true });
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener("scroll", onScroll);
    removeEventListener("resize", onScroll);
  };
}

/** True while pictures pass too quickly to be worth fetching. */
export const isHurrying = () => hurrying;

/** Calls back once, when the page has come to rest, at once where it has; gives back how to take that back. */
export function whenAtRest(act: () => void): () => void {
  if (!hurrying) {
    act();
    return () => undefined;
  }
  waiting.add(act);
  // The first who waits is told as soon as the page is alive.
  timer ??= setTimeout(arrive);
  return () => waiting.delete(act);
}

function onScroll(): void {
  if (frame) return;
  frame = requestAnimationFrame((time) => {
    frame = 0;
    const elapsed = time - last.time;
    // The first step after a pause may be a jump, which is no hurry: one has arrived.
    if (elapsed < rest) hurrying = Math.abs(scrollY - last.top) / elapsed > fast;
    last = { top: scrollY, time };
    clearTimeout(timer);
    timer = setTimeout(arrive, rest);
    if (!hurrying) arrive();
    for (const listener of listeners) listener();
  });
}

function arrive(): void {
  hurrying = false;
  const acts = [...waiting];
  waiting.clear();
  for (const act of acts) act();
}
