/** A strange attractor: millions of places that one simple rule visits, exposed like a long photograph (Peter de Jong, 1987). */
import { type Rgb, sample } from "../colour.ts";
import { clamp, cos, log, sin, smoothstep, tau } from "../maths.ts";
import type { Random } from "../random.ts";
import type { Style } from "../scene.ts";

type Rule = readonly [a: number, b: number, c: number, d: number];

/** Where the places of a rule lie once turned: their middle and how far they reach from it. */
type Frame = { x: number; y: number; halfWidth: number; halfHeight: number };

const batch = 20000;

export const attractor: Style = (scene, canvas) => {
  const { height, mood, noise, palette, pixel, random, width } = scene;
  const rule = lively(random);
  const light = mood.time === "day" && random.chance(0.7);
  const ground = sample(palette.ramp, light ? 0.985 : 0.015);
  const haze = sample(palette.ramp, light ? 0.9 : 0.13);
  const turn = random.between(0, tau);
  const [turnX, turnY] = [cos(turn), sin(turn)];
  const frame = frameOf(rule, turnX, turnY);
  const zoom = Math.min((width * 0.45) / frame.halfWidth, (height * 0.45) / frame.halfHeight);
  const density = new Float32Array(canvas.width * canvas.height);
  const hue = new Float32Array(canvas.width * canvas.height);
  const visits = Math.ceil((canvas.width * canvas.height * 5) / batch);
  const rows = Math.ceil(canvas.height / 8);
  const developing = 3;
  return { units: visits * 16 + (rows + Math.ceil(rows / 4)) * developing, steps: paint() };

  function* paint(): Iterable<number> {
    let x = 0.1;
    let y = 0.1;
    for (let visit = 0; visit < visits; visit++) {
      for (let i = 0; i < batch; i++) {
        const nx = sin(rule[0] * y) - cos(rule[1] * x);
        const ny = sin(rule[2] * x) - cos(rule[3] * y);
        const speed = Math.abs(nx - x) + Math.abs(ny - y);
        x = nx;
        y = ny;
        expose((x * turnX - y * turnY - frame.x) * zoom + width / 2, (x * turnY + y * turnX - frame.y) * zoom + height / 2, speed);
      }
      yield 16;
      // An early print, so that there is something to see while the exposure goes on.
      if (visit === Math.floor(visits / 4)) {
        for (let row = 0; row < rows; row++) {
          develop(row);
          if (row % 4 === 0) yield developing;
        }
      }
    }
    for (let row = 0; row < rows; row++) {
      develop(row);
      yield developing;
    }
  }

  function expose(x: number, y: number, speed: number): void {
    const px = x * canvas.unit - 0.5;
    const py = y * canvas.unit - 0.5;
    const ix = Math.floor(px);
    const iy = Math.floor(py);
    if (ix < 0 || iy < 0 || ix + 1 >= canvas.width || iy + 1 >= canvas.height) return;
    const fx = px - ix;
    const fy = py - iy;
    const i = iy * canvas.width + ix;
    add(i, (1 - fx) * (1 - fy), speed);
    add(i + 1, fx * (1 - fy), speed);
    add(i + canvas.width, (1 - fx) * fy, speed);
    add(i + canvas.width + 1, fx * fy, speed);
  }

  function add(i: number, amount: number, speed: number): void {
    density[i] = (density[i] as number) + amount;
    hue[i] = (hue[i] as number) + amount * speed;
  }

  function develop(row: number): void {
    const ink: Rgb = [0, 0, 0];
    for (let y = row * 8; y < Math.min(canvas.height, row * 8 + 8); y++) {
      for (let x = 0; x < canvas.width; x++) {
        const i = y * canvas.width + x;
        const here = density[i] as number;
        const [u, v] = [x * pixel - width / 2, y * pixel - height / 2];
        const mist = clamp(1 - (u * u + v * v) * 2.2) * (0.65 + 0.35 * noise.at(u * 2, v * 2));
        const exposure = clamp(log(1 + here * 0.5) / 4.4);
        const speed = here > 0 ? (hue[i] as number) / here : 0;
        const shift = smoothstep(0.3, 3.4, speed);
        palette.ramp(light ? clamp(0.72 - exposure * 0.62 - shift * 0.22 + 0.1) : clamp(0.24 + exposure * 0.5 + shift * 0.3), ink);
        for (let c = 0; c < 3; c++) {
          const base = (ground[c] as number) + ((haze[c] as number) - (ground[c] as number)) * mist * (light ? 0.45 : 0.6);
          const drawn = ink[c] as number;
          canvas.light[i * 3 + c] = light
            ? base + (drawn - base) * clamp(exposure * 1.9)
            : base + drawn * exposure * (0.55 + exposure * 1.5);
        }
      }
    }
  }
};

function frameOf([a, b, c, d]: Rule, turnX: number, turnY: number): Frame {
  let [left, right, top, bottom] = [9, -9, 9, -9];
  let x = 0.1;
  let y = 0.1;
  for (let i = 0; i < 20000; i++) {
    const nx = sin(a * y) - cos(b * x);
    y = sin(c * x) - cos(d * y);
    x = nx;
    // The first places are still on their way to the figure.
    if (i < 50) continue;
    left = Math.min(left, x * turnX - y * turnY);
    right = Math.max(right, x * turnX - y * turnY);
    top = Math.min(top, x * turnY + y * turnX);
    bottom = Math.max(bottom, x * turnY + y * turnX);
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, halfWidth: (right - left) / 2, halfHeight: (bottom - top) / 2 };
}

/** A rule whose places neither settle nor crowd: the one of many tries that fills the frame best. */
function lively(random: Random): Rule {
  let best: Rule = [1.4, -2.3, 2.4, -2.1];
  let most = 0;
  for (let i = 0; i < 24; i++) {
    const rule: Rule = [random.between(-2.9, 2.9), random.between(-2.9, 2.9), random.between(-2.9, 2.9), random.between(-2.9, 2.9)];
    const filled = spread(rule);
    if (filled > most) {
      most = filled;
      best = rule;
    }
  }
  return best;
}

/** Over how many cells of a 48 × 48 grid the places spread (the inverse of the chance that two meet); too even is fog and counts less. */
function spread([a, b, c, d]: Rule): number {
  const visits = new Uint16Array(48 * 48);
  let x = 0.1;
  let y = 0.1;
  for (let i = 0; i < 12000; i++) {
    const nx = sin(a * y) - cos(b * x);
    y = sin(c * x) - cos(d * y);
    x = nx;
    // Some rules look lively for a while and then settle into a loop: only late places count.
    if (i < 9000) continue;
    const cell = Math.floor((y + 2) * 11.99) * 48 + Math.floor((x + 2) * 11.99);
    visits[cell] = (visits[cell] as number) + 1;
  }
  const meetings = visits.reduce((sum, count) => sum + count * count, 0);
  const cells = (3000 * 3000) / meetings;
  return cells > 600 ? 1200 - cells : cells;
}
