/** Dunes: long crests with one side in the sun and one in shadow, rippled by the wind. */
import { cover, illuminate, type Rgb, sample } from "../colour.ts";
import { clamp, exp, mix, sin, smoothstep } from "../maths.ts";
import type { Style } from "../scene.ts";
import { type Shade, shaded } from "../shading.ts";
import { createSilhouette, firstVisible } from "./silhouettes.ts";
import { createSky } from "./sky.ts";
import { weather } from "./weather.ts";

export const dunes: Style = (scene, canvas) => {
  const { height, mood, noise, palette, pixel, random, width } = scene;
  const horizon = height * random.between(0.4, 0.52);
  const sky = createSky(scene, horizon, [0.03, horizon * 0.6]);
  const count = 5 + random.below(2);
  const night = mood.time === "night";
  const fromLeft = sky.orb.x < width / 2;

  const crests = Array.from({ length: count }, (_, i) => {
    const near = i / (count - 1);
    const base = mix(horizon + 0.01, height * 0.86, near * (0.5 + 0.5 * near));
    const relief = mix(0.07, 0.26, near) * random.between(0.8, 1.2);
    const offset = random.between(0, 100);
    const stretch = mix(1.7, 0.85, near);
    const peak = (x: number) => {
      const fold = 1 - Math.abs(noise.at(x * stretch + offset, i * 5.3) * 1.15 + noise.at(x * stretch * 2.3 + offset, 2) * 0.12);
      return fold * Math.sqrt(Math.abs(fold)) * relief;
    };
    const outline = createSilhouette(canvas, (x) => base + relief * 0.55 - peak(x));
    const lit = mix(night ? 0.4 : 0.8, night ? 0.28 : 0.66, near);
    const dark = mix(night ? 0.22 : 0.5, night ? 0.03 : 0.13, near);
    return { near, offset, outline, relief, lit: sample(palette.ramp, lit), dark: sample(palette.ramp, dark) };
  });

  const shade: Shade = (x, y, out) => {
    const first = firstVisible(crests, x, y);
    if (first < 0) sky.shade(x, y, out);
    for (let i = Math.max(0, first); i < count; i++) {
      const { near, offset, outline, relief, lit, dark } = crests[i] as (typeof crests)[number];
      const amount = outline.covers(x, y);
      if (amount === 0) continue;
      const depth = y - outline.top(x);
      const step = Math.max(0.006, 3 * pixel);
      // The crest runs on down the face, in bends: what lies below turns as the crest does a little to the side.
      const ridge = x + depth * (noise.at(depth * 3.2 + offset, 4.4) * 2.6 + (fromLeft ? 0.7 : -0.7));
      const slope = ((outline.top(ridge + step) - outline.top(ridge - step)) / (2 * step)) * (fromLeft ? 1 : -1);
      // The edge between light and shadow starts at the crest and wanders down the face.
      const wander = noise.at(x * 2.2 + offset, (depth * 3.5) / (relief + 0.05)) * 0.5;
      const turn = -slope * 2.6 + wander + depth * 1.7 - 0.1;
      const light = smoothstep(-0.42, 0.5, turn);
      const face: Rgb = [...dark];
      cover(face, lit, clamp(light * (1 - depth * 0.5)));
      const wind = noise.layered(x * 2.1 + offset, y * 3, 3);
      const ripple = sin((y * mix(150, 62, near) + wind * 9 + x * 14) * (0.8 + 0.4 * near)) * 0.5 + 0.5;
      cover(face, light > 0.5 ? dark : lit, ripple * ripple * 0.13 * smoothstep(0.01, 0.12, depth) * (0.25 + near));
      illuminate(face, sky.glow, 0.3 * exp(-depth * 90) * clamp(0.35 + turn));
      const far = 1 - near;
      const haze = clamp(far * far * 0.7 * (0.6 + mood.mist) + smoothstep(0.02, 0.3, depth) * far * 0.35);
      cover(face, sky.glow, haze);
      cover(out, face, amount);
    }
  };
  return shaded(canvas, weather(scene, shade));
};
