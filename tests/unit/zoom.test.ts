import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movedBy, type View, whole, zoomedAt } from "@/components/picture/zoom";

const size = { width: 800, height: 600 };

describe("zooming into a picture", () => {
  it("keeps the point under the finger where it is, as long as no edge is reached", () => {
    const point = { x: 100, y: -50 };
    const view = zoomedAt(whole, 3, point, size);
    const seenBefore = { x: point.x, y: point.y };
    expect({ x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale }).toEqual(seenBefore);
  });

  it("never shows beyond the picture's edges, nor less than the whole", () => {
    const step = fc.record({
      factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
      x: fc.integer({ min: -400, max: 400 }),
      y: fc.integer({ min: -300, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let view: View = whole;
        for (const { factor, x, y } of steps) {
          view = movedBy(zoomedAt(view, factor, { x, y }, size), { x, y }, size);
          expect(view.scale).toBeGreaterThanOrEqual(1);
          expect(view.scale).toBeLessThanOrEqual(8);
          expect(Math.abs(view.x)).toBeLessThanOrEqual(((view.scale - 1) * size.width) / 2);
          expect(Math.abs(view.y)).toBeLessThanOrEqual(((view.scale - 1) * size.height) / 2);
        }
      }),
    );
  });
});
