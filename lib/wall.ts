import type { texts } from "@/lib/site";

/** The pictures of the landing page's wall, all by the built-in engine; `small` is half as wide. Written by dev/wall.ts. */
export type WallPicture = { src: string; small: string; width: number; height: number; alt: Readonly<Record<keyof typeof texts, string>> };

export const wall: readonly WallPicture[] = [
  {
    src: "/wall/01.webp",
    small: "/wall/01-small.webp",
    width: 480,
    height: 328,
    alt: { en: "A calm sea at sunset", de: "Ein ruhiges Meer bei Sonnenuntergang" },
  },
  {
    src: "/wall/02.webp",
    small: "/wall/02-small.webp",
    width: 328,
    height: 480,
    alt: { en: "Strange attractor in gold", de: "Seltsamer Attraktor in Gold" },
  },
  {
    src: "/wall/03.webp",
    small: "/wall/03-small.webp",
    width: 328,
    height: 480,
    alt: { en: "Blue mountains", de: "Blaue Berge" },
  },
  {
    src: "/wall/04.webp",
    small: "/wall/04-small.webp",
    width: 480,
    height: 480,
    alt: { en: "A bouquet of roses", de: "Ein Strauß Rosen" },
  },
  {
    src: "/wall/05.webp",
    small: "/wall/05-small.webp",
    width: 480,
    height: 328,
    alt: { en: "Desert dunes at sunset", de: "Dünen in der Wüste bei Sonnenuntergang" },
  },
  {
    src: "/wall/06.webp",
    small: "/wall/06-small.webp",
    width: 480,
    height: 480,
    alt: { en: "A bauhaus poster", de: "Ein Bauhaus-Plakat" },
  },
  {
    src: "/wall/07.webp",
    small: "/wall/07-small.webp",
    width: 328,
    height: 480,
    alt: { en: "Mint aurora over a lake", de: "Mintgrünes Polarlicht über einem See" },
  },
  {
    src: "/wall/08.webp",
    small: "/wall/08-small.webp",
    width: 480,
    height: 328,
    alt: { en: "Paper canyon in terracotta", de: "Schlucht aus Papier in Terrakotta" },
  },
  {
    src: "/wall/09.webp",
    small: "/wall/09-small.webp",
    width: 480,
    height: 274,
    alt: { en: "Teal galaxy with a planet", de: "Türkise Galaxie mit einem Planeten" },
  },
  {
    src: "/wall/10.webp",
    small: "/wall/10-small.webp",
    width: 480,
    height: 328,
    alt: { en: "Misty forest at sunrise", de: "Nebliger Wald bei Sonnenaufgang" },
  },
  {
    src: "/wall/11.webp",
    small: "/wall/11-small.webp",
    width: 328,
    height: 480,
    alt: { en: "Emerald ink in water", de: "Smaragdgrüne Tinte in Wasser" },
  },
  {
    src: "/wall/12.webp",
    small: "/wall/12-small.webp",
    width: 480,
    height: 480,
    alt: { en: "A blue city at night", de: "Eine blaue Stadt bei Nacht" },
  },
  {
    src: "/wall/13.webp",
    small: "/wall/13-small.webp",
    width: 480,
    height: 480,
    alt: { en: "Ribbons in the wind", de: "Bänder im Wind" },
  },
  {
    src: "/wall/14.webp",
    small: "/wall/14-small.webp",
    width: 480,
    height: 328,
    alt: { en: "Lanterns in the rain", de: "Laternen im Regen" },
  },
];

/** Some of them side by side, for previews of the start page in other apps. */
export const card = { src: "/wall/card.jpg", width: 1200, height: 630 };
