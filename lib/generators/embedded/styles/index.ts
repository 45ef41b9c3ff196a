/** The styles by name. Adding one: a file here, a line in each table, its words in the vocabulary. */
import type { Finish } from "../finish.ts";
import type { PaletteName } from "../palettes.ts";
import type { Style } from "../scene.ts";
import { attractor } from "./attractor.ts";
import { aurora } from "./aurora.ts";
import { bokeh } from "./bokeh.ts";
import { botanical } from "./botanical.ts";
import { cosmos } from "./cosmos.ts";
import { crystals } from "./crystals.ts";
import { dunes } from "./dunes.ts";
import { forest } from "./forest.ts";
import { geometry } from "./geometry.ts";
import { marble } from "./marble.ts";
import { papercut } from "./papercut.ts";
import { ribbons } from "./ribbons.ts";
import { ridges } from "./ridges.ts";
import { sea } from "./sea.ts";
import { skyline } from "./skyline.ts";

export const styleNames = [
  "ridges",
  "forest",
  "dunes",
  "sea",
  "cosmos",
  "aurora",
  "skyline",
  "marble",
  "papercut",
  "ribbons",
  "geometry",
  "botanical",
  "bokeh",
  "crystals",
  "attractor",
] as const;

export type StyleName = (typeof styleNames)[number];

export const styles: Record<StyleName, Style> = {
  ridges,
  forest,
  dunes,
  sea,
  cosmos,
  aurora,
  skyline,
  marble,
  papercut,
  ribbons,
  geometry,
  botanical,
  bokeh,
  crystals,
  attractor,
};

/** The palettes that suit a style when the words name no colour. */
export const favourites: Record<StyleName, readonly [PaletteName, ...PaletteName[]]> = {
  ridges: ["dusk", "dawn", "ocean", "azure", "moss", "frost", "terracotta", "violet", "rose", "autumn"],
  forest: ["moss", "moss", "ocean", "frost", "autumn", "dawn", "boreal"],
  dunes: ["terracotta", "gold", "dusk", "dawn", "ember", "violet", "rose"],
  sea: ["dusk", "dawn", "ocean", "azure", "rose", "violet", "gold", "riviera"],
  cosmos: ["violet", "dusk", "azure", "ember", "ocean", "neon", "rose"],
  aurora: ["boreal", "boreal", "violet", "ocean"],
  skyline: ["dusk", "azure", "violet", "neon", "ember", "rose", "midnight"],
  marble: ["ocean", "azure", "gold", "rose", "violet", "ink", "ember", "moss"],
  papercut: ["dusk", "ocean", "terracotta", "riviera", "rose", "azure", "autumn", "pastel"],
  ribbons: ["riviera", "orchard", "terracotta", "ocean", "autumn", "pastel", "rose"],
  geometry: ["riviera", "terracotta", "orchard", "ocean", "autumn", "ink"],
  botanical: ["rose", "pastel", "autumn", "violet", "orchard", "ocean", "terracotta"],
  bokeh: ["dusk", "gold", "azure", "neon", "rose", "ember", "boreal"],
  crystals: ["azure", "violet", "ocean", "rose", "dusk", "frost", "ember"],
  attractor: ["azure", "ember", "violet", "ocean", "gold", "neon", "rose"],
};

const film: Finish = { vignette: 0.5, grain: 1.2 };
const paper: Finish = { vignette: 0.16, grain: 2 };

export const finishes: Record<StyleName, Finish> = {
  ridges: film,
  forest: film,
  dunes: film,
  sea: film,
  cosmos: film,
  aurora: film,
  skyline: film,
  marble: { vignette: 0.3, grain: 1 },
  papercut: paper,
  ribbons: paper,
  geometry: paper,
  botanical: paper,
  bokeh: film,
  crystals: film,
  attractor: film,
};
