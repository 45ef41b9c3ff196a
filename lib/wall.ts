/** The pictures of the landing page's wall, all by the built-in engine. Written by dev/wall.ts. */
export type WallPicture = { src: string; width: number; height: number; alt: string };

export const wall: readonly WallPicture[] = [
  { src: "/wall/01.webp", width: 480, height: 328, alt: "A calm sea at sunset" },
  { src: "/wall/02.webp", width: 328, height: 480, alt: "Strange attractor in gold" },
  { src: "/wall/03.webp", width: 328, height: 480, alt: "Blue mountains" },
  { src: "/wall/04.webp", width: 480, height: 480, alt: "A bouquet of roses" },
  { src: "/wall/05.webp", width: 480, height: 328, alt: "Desert dunes at sunset" },
  { src: "/wall/06.webp", width: 480, height: 480, alt: "A bauhaus poster" },
  { src: "/wall/07.webp", width: 328, height: 480, alt: "Mint aurora over a lake" },
  { src: "/wall/08.webp", width: 480, height: 328, alt: "Paper canyon in terracotta" },
  { src: "/wall/09.webp", width: 480, height: 274, alt: "Teal galaxy with a planet" },
  { src: "/wall/10.webp", width: 480, height: 328, alt: "Misty forest at sunrise" },
  { src: "/wall/11.webp", width: 328, height: 480, alt: "Emerald ink in water" },
  { src: "/wall/12.webp", width: 480, height: 480, alt: "A blue city at night" },
  { src: "/wall/13.webp", width: 480, height: 480, alt: "Ribbons in the wind" },
  { src: "/wall/14.webp", width: 480, height: 328, alt: "Lanterns in the rain" },
];
