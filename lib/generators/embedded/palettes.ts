/**
 * Palettes, chosen by eye: six colours from dark to light that also travel in hue, so that any part of the gradient is a
 * harmony, and two accents that stand against them.
 */
import { createRamp, fromHex, type Ramp, type Rgb } from "./colour.ts";

const table = {
  dusk: ["#1b1436 #46236b #93376f #dd5f5f #f6a168 #fde3a7", "#ffd166 #ef476f"],
  dawn: ["#2b2a4c #5a4e7c #a9768f #e5a18f #f7ccac #fdf0dc", "#ff8360 #6f93bd"],
  ocean: ["#04212f #0a4656 #127a80 #4fb3a6 #a5dac6 #eef6e6", "#f2a65a #e4572e"],
  azure: ["#0a1033 #17296b #2b55a7 #5a93d1 #a8cdec #f1f6fb", "#ffcb47 #f2545b"],
  moss: ["#0c1f17 #1d4030 #3c6e47 #7ba05b #c3cf8b #f3f0d2", "#e07a3f #f2c14e"],
  gold: ["#1c120b #4a2a12 #8f5418 #cf8f2a #f0c765 #fff1c9", "#a83220 #2c5a62"],
  ember: ["#180508 #4a0d18 #931a23 #d8412f #f48c52 #fddcae", "#ffd166 #3a4a6b"],
  rose: ["#2b1027 #682346 #b0436c #e57f97 #f6b8bd #fdeaea", "#f5c26b #4f8a86"],
  violet: ["#150a2e #36185f #653198 #9f66c4 #d2a7e2 #f6e8f7", "#ffd36e #54c7c1"],
  pastel: ["#4c4a68 #8481a6 #bcaed0 #e9c3cf #f8ddd0 #fdf6ec", "#8fc3b9 #f4a58a"],
  neon: ["#07051a #240a4f #5a0fa0 #d017b4 #ff4f8b #ffe0f5", "#16e0e0 #f9f871"],
  ink: ["#0d0d0f #2d2d31 #5c5b5d #949290 #c8c5bf #f5f2ea", "#c8352b #8a8782"],
  frost: ["#111c2e #2c4462 #5d7f9e #9bb8cc #cfdfe8 #f7fafb", "#f0b8a0 #d94f4f"],
  autumn: ["#1f1115 #55241f #9c3f20 #d47a2c #e9b565 #f8ebcf", "#3b6b62 #7d1d2d"],
  terracotta: ["#2a1320 #6b2b33 #b5523b #e08d57 #f2c590 #fbeeda", "#2f7f86 #f7b32b"],
  midnight: ["#03040f #0b1030 #1d2557 #3d4b8f #8a93cc #e9e8f7", "#fff2c2 #6fd6c6"],
  boreal: ["#020b17 #07273a #0d5b5c #2fa57a #93e0a0 #effbdd", "#b56be0 #f26fb0"],
  sepia: ["#1d1611 #4b3a2b #83684b #b8986f #dcc7a2 #f6ecd8", "#9c4a2f #4f6660"],
  riviera: ["#0b2545 #13517a #2b8cbe #8fc9dd #f3e4c8 #fffaf0", "#e4572e #f2b134"],
  orchard: ["#1f2a1d #4f6b2f #a3a93a #f0c23c #f49b4c #fdeccb", "#d7443e #2f6f68"],
} as const;

export type PaletteName = keyof typeof table;

export type Palette = { name: PaletteName; colours: readonly Rgb[]; ramp: Ramp; accents: readonly [Rgb, Rgb] };

export const paletteNames = Object.keys(table) as [PaletteName, ...PaletteName[]];

export function createPalette(name: PaletteName): Palette {
  const [gradient, accent] = table[name];
  const colours = gradient.split(" ").map(fromHex);
  const [first = "#ffffff", second = first] = accent.split(" ");
  return { name, colours, ramp: createRamp(colours), accents: [fromHex(first), fromHex(second)] };
}
