import { type RefObject, startTransition, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { layOut, type Measures, type Shape, within } from "./layout";
import { scrolled } from "./scrolling";

/** Which pictures are in the page, from the first of a row; `visible` is the first that one sees. */
export type Range = { first: number; end: number; visible: number };

/** So few pictures are all in the page, also before any script runs. */
const allUpTo = 80;
/**
 * In px above and below the window: what is put into the page, and how near its end may come before more is. Close together, so that scrolling
 * adds a row or two at a time, and no frame waits for many.
 */
const reach = 1200;
const nearest = 700;

/**
 * The part of a long table that is near the window. Until the table is measured, on the server too, everything given is shown, laid out by
 * the style sheet alone.
 */
export function useWindow(table: RefObject<HTMLElement | null>, shapes: readonly Shape[]) {
  const isLong = shapes.length > allUpTo;
  const [measures, setMeasures] = useState<Measures | null>(null);
  const layout = useMemo(() => measures && layOut(shapes, measures), [measures, shapes]);
  const [range, setRange] = useState<Range | null>(null);
  const current = useRef({ layout, range });

  const update = useCallback(() => {
    const { layout: known, range: shown } = current.current;
    const element = table.current;
    if (!known || known.count <= allUpTo || !element) return;
    const from = -element.getBoundingClientRect().top;
    const to = from + innerHeight;
    const needed = within(known, from - nearest, to + nearest);
    const visible = within(known, from, to).first;
    if (shown && shown.first <= needed.first && shown.end >= needed.end && shown.end <= known.count) return;
    const wanted = within(known, from - reach, to + reach);
    const next = { first: known.firstOfRow(Math.min(wanted.first, known.count - 1)), end: wanted.end, visible };
    current.current = { layout: known, range: next };
    setRange(next);
  }, [table]);

  useLayoutEffect(() => {
    const element = table.current;
    if (!element) return;
    const measure = () => {
      const style = getComputedStyle(element);
      const width = element.clientWidth;
      const [row, gap] = ["--row", "--gap"].map((name) => Number.parseFloat(style.getPropertyValue(name))) as [number, number];
      const keep = () => setMeasures((known) => (known?.width === width && known.row === row ? known : { width, row, gap }));
      // What is all in the page lies there already: rendering it again may wait until the page answers.
      if (isLong) keep();
      else startTransition(keep);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [isLong, table]);

  useLayoutEffect(() => {
    current.current = { layout, range: null };
    update();
  }, [layout, update]);

  useEffect(() => scrolled(update), [update]);

  // One that has just become long goes on with what was there.
  const near = isLong && layout ? (range ?? { first: 0, end: allUpTo, visible: 0 }) : null;
  const shown = near && layout ? { ...near, end: Math.min(near.end, layout.count), first: Math.min(near.first, layout.count) } : null;
  return { layout, range: shown, isLaidOut: layout !== null || !isLong };
}
