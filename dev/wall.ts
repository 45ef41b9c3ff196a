/** Draws the pictures of the landing page's wall with the built-in engine: writes public/wall and lib/wall.ts. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { type Picture, renderPicture } from "../lib/generators/embedded/render.ts";

const root = path.join(import.meta.dirname, "..");
const longSide = 480;
/** For phones: a column there is about 120 CSS pixels wide. */
const smallSide = longSide / 2;
const quality = 80;

/** The prompt stands under the picture for those who do not see it; so does what it says in every other language of `texts` in lib/site.ts. */
type Row = [prompt: string, seed: number, width: number, height: number, translations: Record<string, string>];

const rows: Row[] = [
  ["a calm sea at sunset", 3, 1216, 832, { de: "Ein ruhiges Meer bei Sonnenuntergang" }],
  ["strange attractor in gold", 5, 832, 1216, { de: "Seltsamer Attraktor in Gold" }],
  ["blue mountains", 2, 832, 1216, { de: "Blaue Berge" }],
  ["a bouquet of roses", 203, 1024, 1024, { de: "Ein Strauß Rosen" }],
  ["desert dunes at sunset", 4, 1216, 832, { de: "Dünen in der Wüste bei Sonnenuntergang" }],
  ["a bauhaus poster", 2, 1024, 1024, { de: "Ein Bauhaus-Plakat" }],
  ["mint aurora over a lake", 1, 832, 1216, { de: "Mintgrünes Polarlicht über einem See" }],
  ["paper canyon in terracotta", 2, 1216, 832, { de: "Schlucht aus Papier in Terrakotta" }],
  ["teal galaxy with a planet", 2, 1344, 768, { de: "Türkise Galaxie mit einem Planeten" }],
  ["misty forest at sunrise", 3, 1216, 832, { de: "Nebliger Wald bei Sonnenaufgang" }],
  ["emerald ink in water", 2, 832, 1216, { de: "Smaragdgrüne Tinte in Wasser" }],
  ["a blue city at night", 3, 1024, 1024, { de: "Eine blaue Stadt bei Nacht" }],
  ["ribbons in the wind", 6, 1024, 1024, { de: "Bänder im Wind" }],
  ["lanterns in the rain", 222, 1216, 832, { de: "Laternen im Regen" }],
];

function draw([prompt, seed, width, height]: Row): Picture {
  const work = renderPicture({ prompt, width, height, seed });
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

mkdirSync(path.join(root, "public", "wall"), { recursive: true });
const pictures: { src: string; small: string; width: number; height: number; alt: Record<string, string> }[] = [];
for (const [index, row] of rows.entries()) {
  const number = String(index + 1).padStart(2, "0");
  const [name, smallName] = [`${number}.webp`, `${number}-small.webp`];
  const { height, pixels, width } = draw(row);
  const scaled = (side: number) =>
    sharp(pixels, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .resize({ width: side, height: side, fit: "inside" })
      .webp({ quality, effort: 6 })
      .toBuffer({ resolveWithObject: true });
  const [{ info, data }, small] = await Promise.all([scaled(longSide), scaled(smallSide)]);
  writeFileSync(path.join(root, "public", "wall", name), data);
  writeFileSync(path.join(root, "public", "wall", smallName), small.data);
  const [prompt, , , , translations] = row;
  const alt = { en: prompt[0]?.toUpperCase() + prompt.slice(1), ...translations };
  pictures.push({ src: `/wall/${name}`, small: `/wall/${smallName}`, width: info.width, height: info.height, alt });
  process.stdout.write(`${name}  ${info.width} × ${info.height}  ${Math.ceil(info.size / 1024)} KB  ${prompt}\n`);
}

/** Previews in other apps: six pictures, three beside each other, cut to the form that is usual there. */
const [across, down, wide, high] = [3, 2, 1200, 630];
const tiles = [0, 1, 6, 4, 5, 11].map((index) => pictures[index]?.src ?? "");
const composed = await Promise.all(
  tiles.map(async (src, index) => ({
    input: await sharp(path.join(root, "public", src))
      .resize(wide / across, high / down)
      .toBuffer(),
    left: (index % across) * (wide / across),
    top: Math.floor(index / across) * (high / down),
  })),
);
await sharp({ create: { width: wide, height: high, channels: 3, background: "white" } })
  .composite(composed)
  .jpeg({ quality: 82, mozjpeg: true })
  .toFile(path.join(root, "public", "wall", "card.jpg"));

const lines = pictures.map(({ alt, height, small, src, width }) => {
  const fields = [
    `src: "${src}"`,
    `small: "${small}"`,
    `width: ${width}`,
    `height: ${height}`,
    `alt: { ${Object.entries(alt)
      .map(([language, words]) => `${/^\w+$/.test(language) ? language : JSON.stringify(language)}: ${JSON.stringify(words)}`)
      .join(", ")} }`,
  ];
  return `  {\n${fields.map((field) => `    ${field},\n`).join("")}  },`;
});
writeFileSync(
  path.join(root, "lib", "wall.ts"),
  `import type { texts } from "@/lib/site";

/** The pictures of the landing page's wall, all by the built-in engine; \`small\` is half as wide. Written by dev/wall.ts. */
export type WallPicture = { src: string; small: string; width: number; height: number; alt: Readonly<Record<keyof typeof texts, string>> };

export const wall: readonly WallPicture[] = [
${lines.join("\n")}
];

/** Some of them side by side, for previews of the start page in other apps. */
export const card = { src: "/wall/card.jpg", width: ${wide}, height: ${high} };
`,
);
