/** Draws the pictures of the landing page's wall with the built-in engine: writes public/wall and lib/wall.ts. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { type Picture, renderPicture } from "../lib/generators/embedded/render.ts";

const root = path.join(import.meta.dirname, "..");
const longSide = 480;
const quality = 80;

type Row = [prompt: string, seed: number, width: number, height: number];

const rows: Row[] = [
  ["a calm sea at sunset", 3, 1216, 832],
  ["strange attractor in gold", 5, 832, 1216],
  ["blue mountains", 2, 832, 1216],
  ["a bouquet of roses", 203, 1024, 1024],
  ["desert dunes at sunset", 4, 1216, 832],
  ["a bauhaus poster", 2, 1024, 1024],
  ["mint aurora over a lake", 1, 832, 1216],
  ["paper canyon in terracotta", 2, 1216, 832],
  ["teal galaxy with a planet", 2, 1344, 768],
  ["misty forest at sunrise", 3, 1216, 832],
  ["emerald ink in water", 2, 832, 1216],
  ["a blue city at night", 3, 1024, 1024],
  ["ribbons in the wind", 6, 1024, 1024],
  ["lanterns in the rain", 222, 1216, 832],
];

function draw([prompt, seed, width, height]: Row): Picture {
  const work = renderPicture({ prompt, width, height, seed });
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

mkdirSync(path.join(root, "public", "wall"), { recursive: true });
const pictures: { src: string; width: number; height: number; alt: string }[] = [];
for (const [index, row] of rows.entries()) {
  const name = `${String(index + 1).padStart(2, "0")}.webp`;
  const { height, pixels, width } = draw(row);
  const { info, data } = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize({ width: longSide, height: longSide, fit: "inside" })
    .webp({ quality, effort: 6 })
    .toBuffer({ resolveWithObject: true });
  writeFileSync(path.join(root, "public", "wall", name), data);
  const [prompt] = row;
  pictures.push({ src: `/wall/${name}`, width: info.width, height: info.height, alt: prompt[0]?.toUpperCase() + prompt.slice(1) });
  process.stdout.write(`${name}  ${info.width} × ${info.height}  ${Math.ceil(info.size / 1024)} KB  ${prompt}\n`);
}

const lines = pictures.map(({ alt, height, src, width }) => `  { src: "${src}", width: ${width}, height: ${height}, alt: "${alt}" },`);
writeFileSync(
  path.join(root, "lib", "wall.ts"),
  `/** The pictures of the landing page's wall, all by the built-in engine. Written by dev/wall.ts. */
export type WallPicture = { src: string; width: number; height: number; alt: string };

export const wall: readonly WallPicture[] = [
${lines.join("\n")}
];
`,
);
