/**
 * Where each picture of a light table lies: what `app/light-table.css` does, computed, so that only what is near needs to be in the page.
 * Pure. Lengths are in CSS pixels from the table's upper left corner.
 */
export type Shape = { width: number; height: number };

/** Width of the table, and the tokens `--row` and `--gap`. */
export type Measures = { width: number; row: number; gap: number };

export type Layout = {
  count: number;
  height: number;
  left: Float64Array;
  top: Float64Array;
  wide: Float64Array;
  high: Float64Array;
  /** The height of the highest. */
  tallest: number;
  /** A picture from which the pictures after it lie as they do in the whole: the first of its row, or any on a phone. */
  firstOfRow: (index: number) => number;
  /** What goes before a picture when all before it are left out: empty height, and on a phone rows that one column is ahead. */
  before: (index: number) => { height: number; ahead: { column: 1 | 2; rows: number } | null };
};

/** From this width on, rows of equal height; below it, two columns. */
const wideFrom = 600;
/** Fewer pictures than this stand larger, in the middle. */
export const few = 3;

export function layOut(shapes: readonly Shape[], measures: Measures): Layout {
  return measures.width < wideFrom ? inColumns(shapes, measures) : inRows(shapes, measures);
}

/** Rows of equal height: as many pictures as fit at the aimed height, then all of a row grow until it is full. */
function inRows(shapes: readonly Shape[], { width, row, gap }: Measures): Layout {
  const layout = empty(shapes.length);
  const aim = shapes.length < few ? Math.min(row * 1.6, width * 0.4) : Math.min(row, width * 0.24);
  const starts = new Int32Array(shapes.length);
  let top = 0;
  for (let first = 0; first < shapes.length; ) {
    let end = first;
    let ratios = 0;
    while (end < shapes.length && (end === first || (ratios + ratioOf(shapes[end])) * aim + gap * (end - first) <= width)) {
      ratios += ratioOf(shapes[end]);
      end += 1;
    }
    const full = (width - gap * (end - first - 1)) / ratios;
    const high = end < shapes.length ? full : Math.min(aim, full);
    for (let index = first, left = 0; index < end; index += 1) {
      const wide = ratioOf(shapes[index]) * high;
      place(layout, index, { left, top, wide, high });
      starts[index] = first;
      left += wide + gap;
    }
    top += high + gap;
    first = end;
  }
  return {
    ...layout,
    height: Math.max(0, top - gap),
    firstOfRow: (index) => starts[index] ?? 0,
    before: (index) => ({ height: layout.top[index] ?? 0, ahead: null }),
  };
}

/** Two columns of a hundred rows' width; each picture goes where the grid's own placement puts it, to the shorter one. */
function inColumns(shapes: readonly Shape[], { width, gap }: Measures): Layout {
  const layout = empty(shapes.length);
  const unit = (width - gap) / 200;
  const before = new Int32Array(shapes.length * 2);
  const rows: [number, number] = [0, 0];
  for (const [index, shape] of shapes.entries()) {
    before.set(rows, index * 2);
    const column = rows[0] <= rows[1] ? 0 : 1;
    const wide = unit * 100;
    place(layout, index, { left: column * (wide + gap), top: rows[column] * unit, wide, high: wide / ratioOf(shape) });
    rows[column] += spanOf(shape);
  }
  return {
    ...layout,
    height: Math.max(...rows) * unit,
    firstOfRow: (index) => index,
    before(index) {
      const [first = 0, second = 0] = before.subarray(index * 2, index * 2 + 2);
      const ahead = first === second ? null : { column: first > second ? (1 as const) : (2 as const), rows: Math.abs(first - second) };
      return { height: Math.min(first, second) * unit, ahead };
    },
  };
}

/** Width by height as the style sheet is given it, to four places: it must be the same number on both sides. */
export function ratio({ width, height }: Shape): number {
  return Math.round((width / height) * 10_000) / 10_000;
}

/** Rows in a phone's column, which is 100 rows wide; four more are the gap beneath. */
export function spanOf({ width, height }: Shape): number {
  return Math.round((100 * height) / width) + 4;
}

/** The first and the last but one picture of which any part lies between two heights. */
export function within({ count, top, high, tallest }: Layout, from: number, to: number): { first: number; end: number } {
  let first = firstAt(top, count, from);
  // Pictures above may reach down further than those after them.
  while (first > 0 && (top[first - 1] ?? 0) > from - tallest) first -= 1;
  while (first < count && (top[first] ?? 0) + (high[first] ?? 0) < from) first += 1;
  return { first, end: firstAt(top, count, to) };
}

export type Direction = "left" | "right" | "up" | "down";

/** The picture that an arrow key leads to; the same at an edge. */
export function neighbour({ count, left, wide, top }: Layout, index: number, direction: Direction): number {
  if (direction === "left") return Math.max(0, index - 1);
  if (direction === "right") return Math.min(count - 1, index + 1);
  const step = direction === "up" ? -1 : 1;
  const at = (list: Float64Array, place: number) => list[place] ?? 0;
  const middle = at(left, index) + at(wide, index) / 2;
  let beyond = index;
  for (let other = index + step; other >= 0 && other < count; other += step) {
    if ((at(top, other) - at(top, index)) * step <= 1) continue;
    beyond = other;
    if (at(left, other) <= middle && middle <= at(left, other) + at(wide, other)) return other;
    if (Math.abs(other - index) > 60) break;
  }
  return beyond;
}

/** The first index of which the value is at least so much; values ascend. */
function firstAt(values: Float64Array, count: number, least: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

const ratioOf = (shape: Shape | undefined) => (shape ? ratio(shape) : 1);

function empty(count: number) {
  const numbers = () => new Float64Array(count);
  return { count, left: numbers(), top: numbers(), wide: numbers(), high: numbers(), tallest: 0 };
}

function place(layout: ReturnType<typeof empty>, index: number, at: { left: number; top: number; wide: number; high: number }): void {
  layout.left[index] = at.left;
  layout.top[index] = at.top;
  layout.wide[index] = at.wide;
  layout.high[index] = at.high;
  layout.tallest = Math.max(layout.tallest, at.high);
}
