/** How far a picture is zoomed into, and where: its centre lies `x` and `y` pixels away from where it rests. Pure. */
export type View = { scale: number; x: number; y: number };

type Size = { width: number; height: number };
type Point = { x: number; y: number };

export const whole: View = { scale: 1, x: 0, y: 0 };

const largest = 8;

/** Zooms by a factor so that a point stays under the finger. The point is relative to where the centre rests; `size` is that of the whole picture. */
export function zoomedAt(view: View, factor: number, point: Point, size: Size): View {
  const scale = Math.min(Math.max(view.scale * factor, 1), largest);
  const ratio = scale / view.scale;
  return kept({ scale, x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio }, size);
}

/** Moves what is seen; the picture's edge stops at its resting place. */
export function movedBy(view: View, by: Point, size: Size): View {
  return kept({ ...view, x: view.x + by.x, y: view.y + by.y }, size);
}

function kept({ scale, x, y }: View, { width, height }: Size): View {
  const within = (value: number, length: number) => {
    const most = ((scale - 1) * length) / 2;
    return Math.min(Math.max(value, -most), most);
  };
  return { scale, x: within(x, width), y: within(y, height) };
}
