/** Flowers, as on a plate of a herbarium: stems, leaves and blossoms of layered petals. */
import { type Canvas, coverPixel, fill } from "../canvas.ts";
import { blend, type Rgb, sample } from "../colour.ts";
import { cos, mix, sin, smoothstep, tau } from "../maths.ts";
import type { Scene, Style } from "../scene.ts";
import { type Petal, paintHeart, paintPetal, paintStem } from "./petals.ts";

/** A shape to be painted; its cost is its area in thousandths of a unit square. */
type Shape = { cost: number; paint: () => void };

export const botanical: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, width } = scene;
  const dark = mood.time === "night" || random.chance(0.28);
  const ground = sample(palette.ramp, dark ? 0.02 : 0.985);
  const wash = sample(palette.ramp, dark ? 0.14 : 0.86);
  const green = blend(sample(palette.ramp, dark ? 0.32 : 0.36), [0.035, 0.12, 0.06], dark ? 0.55 : 0.72);
  const shapes: Shape[] = [];
  const flowers = 6 + random.below(5);
  const heads = Array.from({ length: flowers }, (_, i) => {
    const place = (i + 0.5 + random.between(-0.28, 0.28)) / flowers;
    const size = random.between(0.1, 0.19) * (i % 3 === 1 ? 1.15 : 0.85);
    return { x: width * mix(0.1, 0.9, place), y: height * mix(0.16, 0.62, random.next()), size };
  });
  const foot = { x: width * random.between(0.4, 0.6), y: height * 1.03 };
  const inks = [0.38, 0.5, 0.62, 0.74].map((t) => sample(palette.ramp, t)).concat([palette.accents[0], palette.accents[1]]);

  for (let i = 0; i < 14; i++) {
    const at = { x: random.between(0, width), y: height * random.between(0.35, 1.05) };
    const pale = blend(green, ground, random.between(0.5, 0.8));
    addSpray(at, random.between(0.12, 0.3), -tau / 4 + random.between(-0.7, 0.7), pale);
  }
  heads.sort((a, b) => a.y - b.y);
  for (const head of heads) addStem(head);
  for (const head of heads) addBlossom(head.x, head.y, head.size);
  for (let i = 0; i < 9; i++)
    addBlossom(random.between(0.05, 0.95) * width, height * random.between(0.3, 0.86), random.between(0.022, 0.05));

  const units = canvas.height + shapes.reduce((sum, { cost }) => sum + cost, 0);
  return { units, steps: paint() };

  function* paint(): Iterable<number> {
    fill(canvas, ground);
    for (let y = 0; y < canvas.height; y++) {
      paperRow(canvas, scene, y, wash, dark);
      yield 1;
    }
    for (const shape of shapes) {
      shape.paint();
      yield shape.cost;
    }
  }

  function addPetal(petal: Petal): void {
    const cost = Math.max(1, Math.ceil(petal.length * petal.width * 2000));
    shapes.push({ cost, paint: () => paintPetal(canvas, scene, petal) });
  }

  function addLeaf(x: number, y: number, length: number, angle: number, colour: Rgb): void {
    const tip = blend(colour, sample(palette.ramp, 0.8), random.between(0.05, 0.4));
    addPetal({
      x,
      y,
      angle,
      length,
      width: length * random.between(0.14, 0.22),
      fullness: 0.85,
      tilt: 1,
      lean: 0,
      base: colour,
      tip,
      veins: 7,
      bend: random.between(-0.35, 0.35),
    });
  }

  function addSpray(at: { x: number; y: number }, length: number, angle: number, colour: Rgb): void {
    const count = 4 + random.below(4);
    for (let i = 0; i < count; i++) {
      const t = (i + 1) / count;
      const x = at.x + cos(angle) * length * t;
      const y = at.y + sin(angle) * length * t;
      addLeaf(x, y, length * 0.36 * (1.15 - t * 0.55), angle + (i % 2 ? 0.75 : -0.75) * (1.1 - t * 0.7), colour);
    }
  }

  function addStem({ x, y, size }: { x: number; y: number; size: number }): void {
    const bendX = mix(x, foot.x, 0.35) + random.between(-0.06, 0.06);
    const bendY = mix(y, foot.y, 0.45);
    const thick = 0.0026 + size * 0.012;
    const point = (t: number) => ({
      x: (1 - t) * (1 - t) * x + 2 * t * (1 - t) * bendX + t * t * foot.x,
      y: (1 - t) * (1 - t) * y + 2 * t * (1 - t) * bendY + t * t * foot.y,
    });
    shapes.push({ cost: 12, paint: () => paintStem(canvas, point, thick, green) });
    for (const t of [0.28, 0.45, 0.62, 0.78]) {
      const { x: lx, y: ly } = point(t + random.between(-0.06, 0.06));
      addLeaf(lx, ly, random.between(0.09, 0.18), -tau / 4 + (random.chance(0.5) ? 1 : -1) * random.between(0.5, 1.15), green);
    }
  }

  function addBlossom(x: number, y: number, size: number): void {
    const ink = inks[random.below(inks.length)] ?? ground;
    const light = blend(ink, sample(palette.ramp, 0.97), random.between(0.35, 0.75));
    const deep = blend(ink, sample(palette.ramp, 0.12), random.between(0.2, 0.45));
    const small = size < 0.06;
    const rings = small ? 1 : 2 + random.below(3);
    const count = 5 + random.below(small ? 2 : 5);
    const broad = random.between(0.75, 1.15) * (7 / (count + 1.5));
    const fullness = random.between(1.1, 2);
    const tilt = random.between(0.72, 1);
    const lean = random.between(0, tau);
    const turn = random.between(0, tau);
    for (let ring = 0; ring < rings; ring++) {
      const reach = size * (1 - ring * 0.24);
      for (let i = 0; i < count; i++) {
        const angle = turn + (tau * (i + (ring % 2) * 0.5 + random.between(-0.12, 0.12))) / count;
        const length = reach * random.between(0.9, 1.08);
        const tip = blend(light, ink, random.between(0, 0.55));
        addPetal({
          x,
          y,
          angle,
          length,
          width: length * broad * 0.42,
          fullness,
          tilt,
          lean,
          base: deep,
          tip,
          veins: 5 + ring,
          bend: random.between(-0.22, 0.22),
        });
      }
    }
    const heart = blend(palette.accents[0], ink, palette.accents[0] === ink ? 0 : 0.2);
    const stamens = small ? 6 : 26;
    shapes.push({ cost: 3, paint: () => paintHeart(canvas, x, y, size, stamens, heart, deep, noise.at(x * 9, y * 9)) });
  }
};

/** Uneven washes of colour and the tooth of the paper. */
function paperRow(canvas: Canvas, { noise, pixel }: Scene, y: number, wash: Rgb, dark: boolean): void {
  for (let x = 0; x < canvas.width; x++) {
    const [u, v] = [x * pixel, y * pixel];
    const cloud = smoothstep(-0.25, 0.6, noise.at(u * 1.3, v * 1.3) * 0.7 + noise.at(u * 4 + 9, v * 4) * 0.25);
    coverPixel(canvas, x, y, wash, cloud * (dark ? 0.55 : 0.4) + 0.05 * noise.at(u * 130, v * 130));
  }
}
