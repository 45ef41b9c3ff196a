import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Layout, layOut, neighbour, type Shape, within } from "@/components/gallery/layout";

const shape = fc.constantFrom<Shape>(
  { width: 1024, height: 1024 },
  { width: 832, height: 1216 },
  { width: 1344, height: 768 },
  { width: 768, height: 1344 },
  { width: 33, height: 700 },
);
const shapes = fc.array(shape, { maxLength: 120 });
const width = fc.oneof(fc.integer({ min: 200, max: 599 }), fc.integer({ min: 600, max: 3000 }));
const measured = (across: number) => ({ width: across, row: 272, gap: 7 });
const all = ({ count }: Layout) => Array.from({ length: count }, (_, index) => index);
const at = (list: Float64Array, index: number) => list[index] ?? Number.NaN;

describe("the layout of a light table", () => {
  it("keeps every picture within the width, in its shape, and on no other", () => {
    fc.assert(
      fc.property(shapes, width, (list, across) => {
        const layout = layOut(list, measured(across));
        for (const index of all(layout)) {
          const [left, top, wide, high] = [layout.left, layout.top, layout.wide, layout.high].map((values) => at(values, index)) as [
            number,
            number,
            number,
            number,
          ];
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + wide).toBeLessThanOrEqual(across + 0.01);
          const { width: w = 1, height: h = 1 } = list[index] ?? {};
          expect(wide / high / (w / h)).toBeCloseTo(1, 2);
          for (let other = Math.max(0, index - 12); other < index; other += 1) {
            const besides = at(layout.left, other) + at(layout.wide, other) <= left + 0.01 || at(layout.left, other) >= left + wide - 0.01;
            const above = at(layout.top, other) + at(layout.high, other) <= top + 1;
            expect(besides || above, `${other} and ${index}`).toBe(true);
          }
        }
      }),
    );
  });

  it("lets the rest lie as it does in the whole when what comes before is left out", () => {
    fc.assert(
      fc.property(shapes, width, fc.nat(119), (list, across, somewhere) => {
        const layout = layOut(list, measured(across));
        if (layout.count < 10) return;
        const first = layout.firstOfRow(Math.min(somewhere, layout.count - 5));
        const { height, ahead } = layout.before(first);
        if (across < 600) expect(at(layout.top, first)).toBeCloseTo(height, 3);
        else {
          const rest = layOut(list.slice(first), measured(across));
          if (rest.count < 4) return;
          for (const index of all(rest)) {
            expect(at(rest.top, index) + height).toBeCloseTo(at(layout.top, first + index), 3);
            expect(at(rest.left, index)).toBeCloseTo(at(layout.left, first + index), 3);
          }
        }
        if (ahead) expect(ahead.rows).toBeGreaterThan(0);
      }),
    );
  });

  it("finds exactly what lies between two heights, or a little more above", () => {
    fc.assert(
      fc.property(shapes, width, fc.nat(20_000), (list, across, from) => {
        const layout = layOut(list, measured(across));
        const { first, end } = within(layout, from, from + 900);
        for (const index of all(layout)) {
          const seen = at(layout.top, index) + at(layout.high, index) >= from && at(layout.top, index) < from + 900;
          if (seen) expect(index >= first && index < end, String(index)).toBe(true);
        }
      }),
    );
  });

  it("leads the arrow keys to the picture beside, above and below", () => {
    const layout = layOut(
      Array.from({ length: 12 }, () => ({ width: 100, height: 100 })),
      { width: 1000, row: 240, gap: 7 },
    );
    expect(neighbour(layout, 5, "down")).toBe(9);
    expect(neighbour(layout, 5, "up")).toBe(1);
    expect([neighbour(layout, 0, "left"), neighbour(layout, 11, "right"), neighbour(layout, 1, "up")]).toEqual([0, 11, 1]);
    const phone = layOut(
      Array.from({ length: 6 }, () => ({ width: 100, height: 100 })),
      measured(390),
    );
    expect(neighbour(phone, 2, "down")).toBe(4);
    expect(neighbour(phone, 3, "left")).toBe(2);
  });
});
