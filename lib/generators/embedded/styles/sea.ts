/** The sea: a sky, and water that breaks it into light. */
import { cover, illuminate, type Rgb, sample } from "../colour.ts";
import { bell, clamp, exp, mix, smoothstep } from "../maths.ts";
import type { Style } from "../scene.ts";
import { type Shade, shaded } from "../shading.ts";
import { createSilhouette } from "./silhouettes.ts";
import { createSky } from "./sky.ts";
import { weather } from "./weather.ts";

export const sea: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, width } = scene;
  const horizon = height * random.between(0.4, 0.58);
  const sky = createSky(scene, horizon, [0.01, horizon * 0.62]);
  const night = mood.time === "night";
  const deep = sample(palette.ramp, night ? 0.02 : 0.17);
  const shallow = sample(palette.ramp, night ? 0.13 : 0.42);
  const foam = sample(palette.ramp, night ? 0.62 : 0.98);
  const rough = 0.35 + mood.energy * 1.1;
  const capeSide = random.chance(0.5) ? 0 : width;
  const capeReach = random.chance(0.55) ? random.between(0.3, 0.6) : 0;
  const capeTone = sample(palette.ramp, night ? 0.05 : 0.36);
  const cape = createSilhouette(canvas, (x) => {
    const reach = clamp(1 - Math.abs(x - capeSide) / Math.max(0.01, capeReach * width));
    return horizon + 0.002 - (reach > 0 ? 0.13 * Math.sqrt(reach) * (0.55 + noise.layered(x * 3.1, 8, 5)) : 0);
  });

  const above: Shade = (x, y, out) => {
    sky.shade(x, y, out);
    const land = capeReach > 0 ? cape.covers(x, y) : 0;
    if (land === 0) return;
    const face: Rgb = [...capeTone];
    cover(face, sky.glow, clamp(0.3 + 0.35 * exp(-Math.abs(x - sky.orb.x) * 2) + 2.2 * (y - horizon + 0.08)) * (night ? 0.4 : 1));
    cover(out, face, land);
  };

  const water: Shade = (x, y, out) => {
    const down = y - horizon;
    const away = 0.09 / (down + 0.012);
    const wx = (x - width / 2) * away;
    // Waves in the plane of the water; the fine ones fade where they would be smaller than a pixel.
    const swell = noise.at(wx * 2.6 + 11, away * 9);
    const wave = noise.at(wx * 8 + swell, away * 26 + swell * 0.8);
    const fine = noise.at(wx * 26 + wave, away * 78) * clamp(down * 9);
    const slope = (swell * (0.35 + 0.45 * mood.energy) + wave * 0.75 + fine * 0.42) * rough;

    const mirrored = clamp(horizon - down * 0.72 - Math.abs(slope) * 0.05 - slope * 0.11 * (0.3 + down), 0.001, horizon);
    above(x + slope * 0.045, mirrored, out);
    const facing = clamp(0.2 + 0.95 * smoothstep(0, 0.55, down) + slope * 0.42);
    const body: Rgb = [...deep];
    cover(body, shallow, clamp(0.42 + slope * 0.62 - down * 0.25));
    cover(out, body, clamp(facing * 0.78));

    const path = bell(x - sky.orb.x + slope * 0.05, 0.03 + sky.orb.radius * 0.5 + down * 0.2);
    const sparkle = smoothstep(0.18, 0.6, wave * 0.6 + fine * 0.75 + swell * 0.3 + 0.22 * path);
    illuminate(out, sky.orb.colour, path * (0.16 + 1.25 * sparkle) * (night ? 0.55 : 0.85) * mix(1, 0.55, clamp(down * 1.6)));
    const crest = smoothstep(0.34, 0.7, swell * 0.55 + wave * 0.5 + fine * 0.4) * smoothstep(0.4, 0.9, mood.energy) * clamp(down * 7);
    cover(out, foam, crest * 0.75);
    cover(out, sky.glow, 0.7 * exp(-down * 46));
  };

  return shaded(
    canvas,
    weather(scene, (x, y, out) => (y < horizon ? above(x, y, out) : water(x, y, out))),
  );
};
