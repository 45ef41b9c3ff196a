/** A forest of firs in mist: stands behind stands, each paler than the one in front, and light that falls between them. */
import { cover, illuminate, type Rgb, sample } from "../colour.ts";
import { bell, clamp, exp, mix, smoothstep } from "../maths.ts";
import type { Style } from "../scene.ts";
import { type Shade, shaded } from "../shading.ts";
import { createSilhouette, firs, firstVisible } from "./silhouettes.ts";
import { createSky } from "./sky.ts";
import { weather } from "./weather.ts";

export const forest: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, seed } = scene;
  const horizon = height * random.between(0.5, 0.62);
  const sky = createSky(scene, horizon, [horizon * 0.3, horizon * 0.75]);
  const count = 6 + random.below(2);
  const night = mood.time === "night";
  const slope = random.between(-0.16, 0.16);

  const stands = Array.from({ length: count }, (_, i) => {
    const near = i / (count - 1);
    const base = mix(horizon * 0.9, height * 1.02, near * (0.55 + 0.45 * near));
    const offset = random.between(0, 100);
    const trees = {
      spacing: mix(0.011, 0.06, near * near),
      height: mix(0.07, 0.46, near * near) * random.between(0.9, 1.15),
      seed: seed + i * 101,
      density: mix(0.95, 0.7, near),
    };
    const hill = mix(0.16, 0.1, near);
    const opening = random.between(0.3, 0.7) * scene.width;
    const outline = createSilhouette(canvas, (x) => {
      const ground = base + noise.layered(x * 0.9 + offset, i * 3.1, 4) * hill + (x - scene.width / 2) * slope * (i % 2 ? 1 : -1);
      // The nearest trees leave an opening in the middle, as a frame for what lies behind.
      const framed = near > 0.75 ? smoothstep(0.05, 0.5, Math.abs(x - opening)) : 1;
      return ground - firs(x, trees) * mix(0.45, 1, framed) * clamp(0.75 + noise.at(x * 1.6 + offset, 9) * 0.9, 0.2, 1.1);
    });
    const tone = night ? mix(0.32, 0.01, Math.sqrt(near)) : mix(0.72, 0.02, Math.sqrt(near) * 0.75 + near * 0.25);
    return { near, base, offset, outline, colour: sample(palette.ramp, tone) };
  });

  const shade: Shade = (x, y, out) => {
    const first = firstVisible(stands, x, y);
    if (first < 0) sky.shade(x, y, out);
    for (let i = Math.max(0, first); i < count; i++) {
      const { near, base, offset, outline, colour } = stands[i] as (typeof stands)[number];
      const amount = outline.covers(x, y);
      if (amount === 0) continue;
      const face: Rgb = [...colour];
      const needle = noise.at(x * 60 + offset, y * 34) * 0.05 * (1 - near * 0.6);
      illuminate(face, sky.air, clamp(needle));
      const drift = 0.75 + 0.9 * noise.layered(x * 1.3 + offset, y * 4 + near * 9, 3);
      const low = smoothstep(base - 0.26, base + 0.1, y) * (1 - near * 0.86);
      cover(face, sky.air, clamp(low * drift * (0.55 + 0.55 * mood.mist)) * (night ? 0.55 : 0.95));
      cover(out, face, amount);
    }
    const dx = x - sky.orb.x;
    const dy = y - sky.orb.y;
    const distance = Math.sqrt(dx * dx + dy * dy);
    // Shafts: noise over the direction from the sun, so that each keeps its line all the way down.
    const shaft = noise.layered((dx / (Math.abs(dy) + distance + 0.02)) * 9, 4.2, 3);
    const beam = smoothstep(-0.05, 0.45, shaft) * bell(distance - 0.35, 0.42) * (dy > -0.1 ? 1 : 0.4);
    illuminate(out, sky.glow, beam * (night ? 0.07 : 0.2) * (0.5 + mood.mist));
    illuminate(out, sky.orb.colour, exp(-distance * 7) * (night ? 0.08 : 0.22));
  };
  return shaded(canvas, weather(scene, shade));
};
