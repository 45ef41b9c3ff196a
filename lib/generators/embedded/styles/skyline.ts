/** A city by the water in the evening: rows of buildings in haze, lit windows, their reflection. */
import { blend, cover, illuminate, type Rgb, sample } from "../colour.ts";
import { clamp, exp, mix } from "../maths.ts";
import type { Random } from "../random.ts";
import { hashPoint } from "../random.ts";
import type { Style } from "../scene.ts";
import { type Shade, shaded } from "../shading.ts";
import { createSky } from "./sky.ts";
import { weather } from "./weather.ts";

type Building = { left: number; right: number; top: number; roof: number; mast: number; id: number };

export const skyline: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, seed, width } = scene;
  const shore = height * random.between(0.66, 0.76);
  const sky = createSky(scene, shore, [shore * 0.36, shore * 0.74]);
  const night = mood.time === "night";
  const day = mood.time === "day";
  const centre = width * random.between(0.35, 0.65);
  const lamp = palette.accents[0];
  const lampWarm = blend(sample(palette.ramp, 0.9), [1, 0.62, 0.22], night ? 0.6 : 0.35);
  const water = sample(palette.ramp, night ? 0.02 : 0.14);

  const rows = Array.from({ length: 4 }, (_, i) => {
    const near = i / 3;
    const buildings = createRow(random, width, centre, mix(0.022, 0.06, near), mix(0.5, 0.26, near) * Math.min(1, height), i * 1000);
    const columns = Array.from({ length: Math.ceil(width * 512) + 1 }, (_, c) => buildings.findIndex((b) => c / 512 < b.right));
    const tone = night ? mix(0.24, 0.01, near) : mix(day ? 0.66 : 0.5, 0.03, Math.sqrt(near));
    return { near, buildings, columns, colour: sample(palette.ramp, tone), lights: mix(0.1, 0.42, near) * (day ? 0.35 : 1) };
  });

  const city: Shade = (x, y, out) => {
    for (let r = 3; r >= 0; r--) {
      const row = rows[r];
      if (!row) continue;
      const first = row.columns[Math.max(0, Math.floor(x * 512))] ?? 0;
      const candidate = row.buildings[first];
      const building = candidate && x >= candidate.right ? row.buildings[first + 1] : candidate;
      if (!building || x < building.left || shore - y > heightAt(building, x)) continue;
      paintBuilding(x, y, row, building, out);
      return;
    }
    sky.shade(x, y, out);
  };

  function paintBuilding(x: number, y: number, row: (typeof rows)[number], building: Building, out: Rgb): void {
    const { near, colour, lights } = row;
    const far = 1 - near;
    out[0] = colour[0];
    out[1] = colour[1];
    out[2] = colour[2];
    const side = clamp((x - building.left) / (building.right - building.left));
    const lit = sky.orb.x < (building.left + building.right) / 2 ? 1 - side : side;
    cover(out, sky.glow, clamp(0.05 + 0.13 * lit * lit) * (night ? 0.5 : 1));
    const pitch = mix(0.0062, 0.0115, near);
    const column = Math.floor((x - building.left) / pitch);
    const storey = Math.floor((building.top - shore + y) / (pitch * 1.35));
    const inX = (x - building.left) / pitch - column;
    const inY = (building.top - shore + y) / (pitch * 1.35) - storey;
    const inside = shore - y < building.top - 0.006 && inX > 0.26 && inX < 0.74 && inY > 0.28 && inY < 0.72;
    if (inside) {
      const floorLit = hashPoint(storey, building.id, seed + 4) < 0.12 ? 0.5 : 0;
      const on = hashPoint(column + building.id * 37, storey, seed) < lights * (0.5 + hashPoint(building.id, 7, seed)) + floorLit * lights;
      if (on) {
        const warm = hashPoint(column, storey + building.id, seed + 2);
        illuminate(out, warm < 0.65 ? lampWarm : lamp, (0.35 + 0.75 * hashPoint(column, storey, seed + 3)) * (0.45 + 0.55 * near));
      } else cover(out, sky.air, 0.1);
    }
    const haze = clamp(far * far * 0.55 * (0.5 + mood.mist) + far * exp((y - shore) * 7) * 0.45 * (0.5 + mood.mist));
    cover(out, sky.glow, haze * (night ? 0.4 : 0.85));
  }

  const shade: Shade = (x, y, out) => {
    if (y < shore) {
      city(x, y, out);
      return;
    }
    const down = y - shore;
    const wave = noise.at(x * 5, 60 * Math.sqrt(down)) * 0.6 + noise.at(x * 16, 150 * Math.sqrt(down)) * 0.4;
    const ripple = wave * (0.004 + 0.06 * down);
    city(x + ripple * 0.4, Math.max(0.001, shore - down * 1.1 - Math.abs(ripple) * 1.3), out);
    cover(out, water, clamp(0.3 + down * 0.8));
    illuminate(out, sky.glow, clamp(wave - 0.15) * 0.16 * exp(-down * 3));
    if (down < 0.006) cover(out, water, 0.75);
  };
  return shaded(canvas, weather(scene, shade), { smooth: true });
};

/** One row of buildings from left to right, taller towards the centre. */
function createRow(random: Random, width: number, centre: number, breadth: number, tallest: number, firstId: number): Building[] {
  const row: Building[] = [];
  for (let x = -breadth; x < width; ) {
    const wide = breadth * random.between(0.6, 1.5);
    const focus = exp(-((x - centre) * (x - centre)) / (0.16 * width * width));
    const chance = random.next();
    const top = tallest * (0.2 + (0.25 + 0.75 * focus) * chance * chance * 0.85 + 0.1 * random.next());
    const roof = random.below(5);
    row.push({ left: x, right: x + wide, top, roof, mast: random.chance(0.25) ? random.between(0.03, 0.08) : 0, id: firstId + row.length });
    x += wide + (random.chance(0.3) ? breadth * 0.25 : 0);
  }
  return row;
}

/** The height of a building at x: flat, stepped, slanted, pointed or domed, perhaps with a mast. */
function heightAt({ left, mast, right, roof, top }: Building, x: number): number {
  const wide = right - left;
  const off = Math.abs((x - left) / wide - 0.5) * 2;
  const spire = mast > 0 && off * wide < 0.0032 ? top + mast + wide * 0.4 : 0;
  if (roof === 1) return Math.max(spire, off < 0.6 ? top + wide * 0.28 : top);
  if (roof === 2) return Math.max(spire, top + ((x - left) / wide) * wide * 0.45);
  if (roof === 3) return Math.max(spire, off < 0.34 ? top + wide * 0.5 : off < 0.68 ? top + wide * 0.25 : top);
  if (roof === 4) return Math.max(spire, top + (1 - off) * wide * 0.8);
  return Math.max(spire, top);
}
