/** Ink on water: noise that is bent by noise that is bent by noise, with veins of metal along its folds. */
import { cover, illuminate, type Rgb, sample } from "../colour.ts";
import { clamp, cos, mix, sin, smoothstep, tau } from "../maths.ts";
import type { Style } from "../scene.ts";
import { shaded } from "../shading.ts";

export const marble: Style = (scene, canvas) => {
  const { height, mood, noise, palette, pixel, random, width } = scene;
  const angle = random.between(0, tau);
  const [c, s] = [cos(angle), sin(angle)];
  const zoom = random.between(0.8, 1.35);
  const stretch = random.between(0.55, 1);
  const warp = mix(1.3, 2.3, mood.energy) * random.between(0.85, 1.15);
  const bands = random.between(3.2, 6);
  const paleness = random.chance(0.45) ? 1 : 0;
  const metal: Rgb = [...palette.accents[0]];
  cover(metal, sample(palette.ramp, 0.95), 0.2);
  const line = sample(palette.ramp, paleness ? 0.18 : 0.9);
  const centre = [width / 2, height / 2] as const;

  /** The height of the folded sheet, and how strongly it was bent on the way. */
  function fold(x: number, y: number, out: Rgb): void {
    const px = ((x - centre[0]) * c - (y - centre[1]) * s) * zoom;
    const py = ((x - centre[0]) * s + (y - centre[1]) * c) * zoom * stretch;
    const qx = noise.layered(px + 1.7, py + 9.2, 3);
    const qy = noise.layered(px + 8.3, py + 2.8, 3);
    const rx = noise.layered(px + warp * qx + 31.7, py + warp * qy + 9.2, 3);
    const ry = noise.layered(px + warp * qx + 8.3, py + warp * qy + 42.8, 3);
    out[0] = noise.layered(px + warp * rx * 1.25, py + warp * ry * 1.25, 4);
    out[1] = Math.sqrt(qx * qx + qy * qy);
    out[2] = ry;
  }

  const here: Rgb = [0, 0, 0];
  const beside: Rgb = [0, 0, 0];
  const step = Math.max(pixel, 0.0015);
  return shaded(canvas, (x, y, out) => {
    fold(x, y, here);
    fold(x + step, y + step * 0.6, beside);
    const [v, q, r] = here;
    const rise = (v - beside[0]) / step;

    const phase = v * bands * 2 + r * 1.4;
    const phaseStep = Math.abs(phase - beside[0] * bands * 2 - beside[2] * 1.4) * (pixel / step) + 0.0001;
    const layer = phase - Math.floor(phase);
    const edge = Math.abs(layer - 0.5) * 2;
    const tone = 0.42 + v * 1.15 + r * 0.42 + (layer - 0.5) * 0.12 * (1 - smoothstep(0.8, 1, edge)) * smoothstep(0.4, 0.1, phaseStep);
    palette.ramp(clamp(paleness ? 0.34 + tone * 0.72 : tone), out);
    // Relief: the sheet catches light on one side of its folds.
    const light = clamp(rise * 0.1, -0.3, 0.42);
    if (light > 0) illuminate(out, [0.9, 0.86, 0.8], light * light * 0.55);
    out[0] *= 1 + light * 0.55;
    out[1] *= 1 + light * 0.55;
    out[2] *= 1 + light * 0.55;

    const thin = Math.abs(v + r * 0.35 - 0.06);
    const width = 0.0045 + 0.02 * q * q;
    const thinStep = Math.abs(v + r * 0.35 - beside[0] - beside[2] * 0.35) * (pixel / step);
    const vein = smoothstep(width + thinStep * 1.4, width * 0.4, thin) * smoothstep(0.08, 0.3, q);
    const shine = 0.75 + 0.6 * clamp(noise.at(x * 26, y * 26) + rise * 0.1);
    cover(out, [metal[0] * shine, metal[1] * shine, metal[2] * shine], vein * 0.9);
    // A fine line along each fold; where folds are too steep to draw it whole, it fades instead of breaking into dots.
    const hair = smoothstep(0.84, 1, edge) * smoothstep(0.3, 0.08, phaseStep) * smoothstep(0.12, 0.35, q);
    cover(out, line, hair * 0.32);
  });
};
