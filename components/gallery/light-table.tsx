"use client";

import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { type Direction, few, type Layout, neighbour, type Shape } from "./layout";
import { useKeptPosition } from "./use-kept-position";
import { useWindow } from "./use-window";

/** What a picture on the table needs to know about its place. */
export type Place = {
  index: number;
  /** The one picture that the Tab key leads to; arrows go on from there. */
  active: boolean;
  /** How many there are, for assistive technology, when not all are in the page. */
  outOf: number | null;
};

/** Attributes of the list item at a place. */
export function placeAttributes({ index, outOf }: Place) {
  return { "data-place": index, ...(outOf !== null && { "aria-setsize": outOf, "aria-posinset": index + 1 }) };
}

type LightTableProps = {
  label: string;
  /** Name under which the table remembers how far one has scrolled. */
  name: string;
  /** In the order of the pictures; the same list as long as nothing changes. */
  shapes: readonly Shape[];
  /** How many there are, also of those that are not loaded. */
  total: number;
  /** While something is selected, every picture shows where to select it. */
  choosing: boolean;
  children: (place: Place) => ReactNode;
};

const directions: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/** Pictures side by side in their true shapes; of many, only those near the window are in the page. `children` gives the list item of a place. */
export function LightTable({ label, name, shapes, total, choosing, children }: LightTableProps) {
  const table = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const { layout, range, isLaidOut } = useWindow(table, shapes);
  const [active, setActive] = useState(0);
  const wanted = useRef<number | null>(null);
  useKeptPosition(name, isLaidOut);
  const first = range?.first ?? 0;
  const end = range?.end ?? shapes.length;
  const stop = active >= first && active < end ? active : (range?.visible ?? 0);
  const before = useMemo(() => (range && layout ? layout.before(first) : null), [first, layout, range]);
  const after = range && layout ? Math.max(0, layout.height - bottomOf(layout, end)) : 0;

  useEffect(() => {
    if (wanted.current === null || wanted.current < first || wanted.current >= end) return;
    const index = wanted.current;
    wanted.current = null;
    const tile = list.current?.querySelector<HTMLElement>(`[data-place="${index}"] a, [data-place="${index}"] button`);
    tile?.focus({ preventScroll: true });
    tile?.scrollIntoView({ block: "nearest" });
  });

  function goTo(index: number) {
    wanted.current = index;
    setActive(index);
    if (layout && (index < first || index >= end)) {
      const above = (table.current?.getBoundingClientRect().top ?? 0) + scrollY;
      scrollTo({ top: above + (layout.top[index] ?? 0) - innerHeight / 3 });
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (!layout || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const direction = directions[event.key];
    const at = placeOf(event.target);
    if (at === null || !(direction || event.key === "Home" || event.key === "End")) return;
    event.preventDefault();
    if (direction) goTo(neighbour(layout, at, direction));
    else goTo(event.key === "Home" ? 0 : layout.count - 1);
  }

  return (
    <div ref={table} className={`light-table ${shapes.length < few ? "few" : ""} ${choosing ? "choosing" : ""}`}>
      <ul
        ref={list}
        aria-label={label}
        onKeyDown={onKeyDown}
        onFocus={(event: FocusEvent<HTMLElement>) => setActive(placeOf(event.target) ?? active)}
        className={after > 0 ? "goes-on" : undefined}
        // Given by script alone: on the server there is no range.
        {...(range && { style: { paddingTop: before?.height ?? 0, paddingBottom: after } })}
      >
        {before?.ahead && (
          <li aria-hidden="true" style={{ gridColumn: before.ahead.column, gridRow: `1 / span ${before.ahead.rows}` }} className="ahead" />
        )}
        {shapes.slice(first, end).map((_shape, offset) => {
          const index = first + offset;
          return children({ index, active: index === stop, outOf: range ? total : null });
        })}
      </ul>
    </div>
  );
}

function placeOf(target: EventTarget): number | null {
  const place = target instanceof Element ? target.closest("[data-place]")?.getAttribute("data-place") : null;
  return place ? Number(place) : null;
}

/** How far down the pictures before an index reach. */
function bottomOf({ top, high }: Layout, end: number): number {
  let bottom = 0;
  for (let index = Math.max(0, end - 12); index < end; index += 1) bottom = Math.max(bottom, (top[index] ?? 0) + (high[index] ?? 0));
  return bottom;
}
