/** Mountains: ridges that lose their colour with distance, under a sky; sometimes a lake that holds them again. */
import { cover, illuminate, type Rgb, sample } from "../colour.ts";
import { clamp, exp, mix, smoothstep } from "../maths.ts";
import { hashPoint } from "../random.ts";
import type { Style } from "../scene.ts";
import { type Shade, shaded } from "../shading.ts";
import { createSilhouette, firs, firstVisible } from "./silhouettes.ts";
import { createSky } from "./sky.ts";
import { weather } from "./weather.ts";

export const ridges: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, seed } = scene;
  const lake = mood.water || random.chance(0.35);
  const horizon = height * random.between(0.46, 0.56);
  const shore = lake ? height * random.between(0.7, 0.76) : height * 1.2;
  const sky = createSky(scene, horizon, [0.02, horizon * 0.72]);
  const count = 5 + random.below(3);
  const wooded = random.chance(0.7);
  const night = mood.time === "night";

  const layers = Array.from({ length: count }, (_, i) => {
    const near = i / (count - 1);
    const base = lake ? mix(horizon, shore - 0.01, near * near * 0.9 + near * 0.1) : mix(horizon, height * 0.95, near * (0.4 + 0.6 * near));
    const relief = mix(0.34, lake ? 0.1 : 0.2, near) * random.between(0.75, 1.2) * (0.8 + 0.4 * mood.energy);
    const frequency = mix(1.15, 1.9, near) * random.between(0.85, 1.2);
    const offset = random.between(0, 200);
    const trees = { spacing: mix(0.012, 0.03, near), height: mix(0.02, lake ? 0.075 : 0.13, near * near), seed: seed + i, density: 0.85 };
    const grown = wooded && near > 0.55;
    const outline = createSilhouette(canvas, (x) => {
      const crest =
        near < 0.7 ? noise.ridged(x * frequency + offset, i * 7.7, 6) - 0.62 : noise.layered(x * frequency + offset, i * 7.7, 6) * 0.7;
      const stand = grown ? firs(x, trees) * clamp(0.75 + noise.at(x * 3 + offset, 3) * 1.2) : 0;
      return base - crest * relief * 1.25 - stand;
    });
    const tone = night ? mix(0.3, 0.015, near) : mix(mood.time === "dusk" ? 0.6 : 0.66, 0.03, near * 0.5 + 0.5 * Math.sqrt(near));
    return { near, base, offset, outline, relief, colour: sample(palette.ramp, tone), light: sample(palette.ramp, clamp(tone + 0.17)) };
  });

  const land: Shade = (x, y, out) => {
    const first = firstVisible(layers, x, y);
    if (first < 0) sky.shade(x, y, out);
    for (let i = Math.max(0, first); i < count; i++) {
      const layer = layers[i] as (typeof layers)[number];
      const amount = layer.outline.covers(x, y);
      if (amount > 0) paintLayer(x, y, layer, amount, out);
    }
  };

  function paintLayer(x: number, y: number, layer: (typeof layers)[number], amount: number, out: Rgb): void {
    const depth = y - layer.outline.top(x);
    const far = 1 - layer.near;
    const towards = exp(-Math.abs(x - sky.orb.x) * 1.8);
    const face: Rgb = [...layer.colour];
    // Flanks that turn to the light: noise that runs down the slope, stronger on high and far faces.
    const facet = noise.layered(x * 7 + depth * (x < sky.orb.x ? 5 : -5) + layer.offset, depth * 6 + x * 2, 4);
    cover(face, layer.light, clamp(smoothstep(-0.05, 0.4, facet) * (0.3 + 0.5 * far) * exp(-depth * 3.5)));
    illuminate(face, sky.glow, 0.1 * towards * exp(-depth * 26) * (0.3 + far));
    const air = clamp((0.1 + 0.62 * far * far) * (0.65 + 0.7 * mood.mist));
    const valley = smoothstep(0, 0.34, depth) * (0.25 + 0.55 * mood.mist) * (layer.near < 0.98 ? 0.35 + 0.65 * far : 0.05);
    const drift = 1 + 0.5 * noise.at(x * 1.7 + layer.offset, y * 5);
    cover(face, sky.air, clamp(air * 0.55 + valley * drift) * (night ? 0.6 : 1));
    cover(face, sky.glow, clamp(towards * (0.12 + 0.3 * far) * (0.4 + valley)));
    cover(out, face, amount);
  }

  const deep = sample(palette.ramp, night ? 0.02 : 0.16);
  const shade: Shade = (x, y, out) => {
    if (y <= shore) {
      land(x, y, out);
      return;
    }
    const down = y - shore;
    const ripple = noise.layered(x * 9, 26 * Math.sqrt(down + 0.003) * 4 + 5, 2) * (0.004 + 0.07 * down);
    land(x + ripple * 0.5, Math.max(0.001, shore - down * 1.12 - Math.abs(ripple) * 0.6), out);
    cover(out, deep, clamp(0.16 + down * 0.9));
    const line = noise.at(x * 2.2, down * 90) * exp(-down * 16);
    illuminate(out, sky.air, clamp(line - 0.12) * 0.35 + 0.28 * exp(-down * 260));
    const glint = hashPoint(Math.floor(x * 300), Math.floor(down * 420), seed) > 0.985 ? exp(-Math.abs(x - sky.orb.x) * 9) : 0;
    illuminate(out, sky.glow, glint * 0.5);
  };
  return shaded(canvas, weather(scene, shade));
};
