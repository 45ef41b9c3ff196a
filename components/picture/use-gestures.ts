import { type MouseEvent, type PointerEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { movedBy, type View, whole, zoomedAt } from "./zoom";

type Point = { x: number; y: number };
type Gestures = { zoomed: boolean; toggleZoom: () => void; pan: (by: Point) => void; handlers: Handlers };
type Handlers = Record<"onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel", (event: PointerEvent<HTMLElement>) => void> &
  Record<"onClick" | "onDoubleClick", (event: MouseEvent<HTMLElement>) => void>;

/** A finger that moved this far to the side, in px, meant to leaf through. */
const swipe = 48;
/** A pointer that moved less, in px, has clicked. */
const still = 6;

/**
 * What fingers, mouse and wheel do with a picture: swipe to leaf, click or double tap to zoom, pinch, drag. Moves the element by script, so
 * that no frame waits for rendering. Another `id` is another picture in the same place. `onSwipe` gets -1 for the picture before, 1 for the next.
 */
export function useGestures(picture: RefObject<HTMLElement | null>, id: string, onSwipe: (direction: -1 | 1) => void): Gestures {
  const [zoomed, setZoomed] = useState(false);
  const view = useRef<View>(whole);
  const pointers = useRef(new Map<number, Point>());
  const start = useRef<Point>({ x: 0, y: 0 });
  const moved = useRef(false);
  // Since the first finger came down: what two of them do is no swipe, also after one of them is lifted.
  const pinched = useRef(false);

  const show = useCallback(
    (next: View, { aside = 0, smooth = false } = {}) => {
      view.current = next;
      setZoomed(next.scale > 1);
      const style = picture.current?.style;
      if (!style) return;
      style.transition = smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "transform 160ms var(--ease-out)" : "none";
      style.transform = next.scale === 1 && aside === 0 ? "" : `translate(${next.x + aside}px, ${next.y}px) scale(${next.scale})`;
    },
    [picture],
  );

  const sizeOf = useCallback(() => ({ width: picture.current?.offsetWidth ?? 0, height: picture.current?.offsetHeight ?? 0 }), [picture]);

  // Nothing is left of what was done with the picture before: neither its zoom nor fingers whose end it did not live to see.
  const shownId = useRef(id);
  useLayoutEffect(() => {
    if (shownId.current === id) return;
    shownId.current = id;
    pointers.current.clear();
    show(whole);
  }, [id, show]);

  /** A point of the window, relative to where the picture's centre rests. */
  const fromCentre = useCallback(
    ({ x, y }: Point): Point => {
      const box = picture.current?.getBoundingClientRect();
      if (!box) return { x: 0, y: 0 };
      return { x: x - (box.left + box.width / 2) + view.current.x, y: y - (box.top + box.height / 2) + view.current.y };
    },
    [picture],
  );

  const toggleAt = useCallback(
    (point: Point) => {
      if (view.current.scale > 1) return show(whole, { smooth: true });
      const natural = picture.current?.querySelector<HTMLImageElement>("img:last-of-type")?.naturalWidth ?? 0;
      const factor = Math.min(Math.max(natural / Math.max(sizeOf().width, 1), 2), 4);
      show(zoomedAt(view.current, factor, point, sizeOf()), { smooth: true });
    },
    [picture, show, sizeOf],
  );

  // A wheel with Ctrl is what browsers make of a pinch on a trackpad; React listens passively and could not keep the page from zooming.
  useEffect(() => {
    const element = picture.current?.parentElement;
    const zoom = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      show(zoomedAt(view.current, Math.exp(-event.deltaY / 100), fromCentre({ x: event.clientX, y: event.clientY }), sizeOf()));
    };
    element?.addEventListener("wheel", zoom, { passive: false });
    return () => element?.removeEventListener("wheel", zoom);
  }, [fromCentre, picture, show, sizeOf]);

  const end = (event: PointerEvent<HTMLElement>, cancelled: boolean) => {
    if (!pointers.current.delete(event.pointerId) || pointers.current.size > 0) return;
    const aside = event.clientX - start.current.x;
    if (view.current.scale > 1 || event.pointerType === "mouse") return;
    show(whole, { smooth: true });
    if (cancelled || pinched.current) return;
    if (Math.abs(aside) > swipe && Math.abs(aside) > Math.abs(event.clientY - start.current.y)) onSwipe(aside < 0 ? 1 : -1);
  };

  const handlers: Handlers = {
    onPointerDown(event) {
      const point = { x: event.clientX, y: event.clientY };
      if (pointers.current.size === 0) {
        start.current = point;
        moved.current = false;
        pinched.current = false;
      } else pinched.current = true;
      pointers.current.set(event.pointerId, point);
      if (view.current.scale > 1) event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event) {
      const before = pointers.current.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const others = [...pointers.current].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      pointers.current.set(event.pointerId, now);
      if (distance(now, start.current) > still) moved.current = true;
      const [other] = others;
      if (other) {
        const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
        show(zoomedAt(view.current, distance(now, other) / Math.max(distance(before, other), 1), fromCentre(middle), sizeOf()));
      } else if (view.current.scale > 1) {
        show(movedBy(view.current, { x: now.x - before.x, y: now.y - before.y }, sizeOf()));
      } else if (event.pointerType !== "mouse" && !pinched.current) {
        show(whole, { aside: now.x - start.current.x });
      }
    },
    onPointerUp: (event) => end(event, false),
    onPointerCancel: (event) => end(event, true),
    onClick(event) {
      if (isMouse(event) && !moved.current) toggleAt(fromCentre({ x: event.clientX, y: event.clientY }));
    },
    onDoubleClick(event) {
      if (!isMouse(event)) toggleAt(fromCentre({ x: event.clientX, y: event.clientY }));
    },
  };

  return {
    zoomed,
    toggleZoom: useCallback(() => toggleAt({ x: 0, y: 0 }), [toggleAt]),
    pan: useCallback((by) => show(movedBy(view.current, by, sizeOf())), [show, sizeOf]),
    handlers,
  };
}

const isMouse = ({ nativeEvent }: MouseEvent) => !("pointerType" in nativeEvent) || nativeEvent.pointerType === "mouse";

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
