/**
 * What one changes first to make Keepsake one's own: name, texts, example prompts, badge, grid, and which parts there are. Colours are in
 * `app/tokens.css`, what buttons and pages say is in `lib/messages`. Pure data: imports nothing.
 */
export const site = {
  name: "Keepsake",
  /** Languages that are offered, each with its messages and its texts below; the first is for whoever understands none of them. */
  languages: ["en", "de"],
  /** Outside a Space, how to make one like this; on one the Hub's own dialog is offered instead. Null where nobody is invited to. */
  duplicateUrl: "https://huggingface.co/docs/hub/spaces-overview#duplicating-a-space" as string | null,
  /** The model of the Hub that is offered first, for those who let the app run models in their name. */
  model: "Tongyi-MAI/Z-Image-Turbo",
  /** Sizes sm, md, lg, xl are 24, 32, 40, 48 px high; theme `auto` follows the visitor's. */
  badge: { size: "xl", theme: "auto" },
  /** Behind the app while it opens, once it is installed on a phone: the paper of the light theme. Its icons are in `public/icons`. */
  installed: { background: "#fbfaf7" },
  /** Height that rows of the gallery aim at, in pixels, on wide screens. */
  rowHeight: 272,
} as const;

/** Parts that an installation can do without: what is false is on no page, and its addresses answer as if there were nothing. */
export const features: Readonly<Record<"collections" | "compare" | "models" | "sharing" | "takeAlong", boolean>> = {
  /** Pictures gathered under a name. */
  collections: true,
  /** Two selected pictures side by side. */
  compare: true,
  /** Pictures by models elsewhere; without them the built-in engine alone makes some. */
  models: true,
  /** Links for people without an account; without it none can be made, and those that were made lead nowhere. */
  sharing: true,
  /** Everything, or a selection, as one file; and back in. */
  takeAlong: true,
};

/** What this Space promises, in each of its languages. */
export const texts = {
  en: {
    tagline: "Pictures you make, kept for you alone.",
    landing: {
      sentence: "Make pictures from words.\nKeep every one.",
      lines: [
        {
          title: "Yours alone",
          text: "Your gallery opens for you and nobody else. Its pictures stay on this Space’s own storage until you erase them.",
        },
        {
          title: "Costs nothing",
          text: "The built-in engine draws right here, with mathematics. It is not an AI model and uses none of your credits.",
        },
        {
          title: "Make it your own",
          text: "Duplicate this Space and it runs as it is. Its words are in one file, its colours in another.",
        },
      ],
    },
    /** The first three are offered in an empty gallery. */
    examplePrompts: [
      "Mountains at dawn, layer upon layer of mist",
      "A neon city in the rain, magenta and teal",
      "Marble ink, gold veins drifting through deep green",
      "Aurora over a frozen sea, stars beyond",
      "Desert dunes at dusk, long copper shadows",
      "A quiet forest in winter, first light",
      "Pastel petals opening, soft paper",
      "Bauhaus circles in red, cream and black",
      "A storm on a dark sea under a low moon",
      "Low-poly crystals, violet and ice",
    ],
  },
  de: {
    tagline: "Bilder, die du erstellst, aufgehoben für dich allein.",
    landing: {
      sentence: "Aus Worten\nwerden Bilder.\nJedes bleibt.",
      lines: [
        {
          title: "Nur für dich",
          text: "Deine Galerie öffnet sich für dich und sonst niemanden. Ihre Bilder bleiben auf dem eigenen Speicher dieses Space, bis du sie löschst.",
        },
        {
          title: "Kostet nichts",
          text: "Die eingebaute Engine zeichnet gleich hier, mit Mathematik. Sie ist kein KI-Modell und verbraucht nichts von deinem Guthaben.",
        },
        {
          title: "Mach ihn dir zu eigen",
          text: "Dupliziere diesen Space, und er läuft, wie er ist. Seine Worte stehen in einer Datei, seine Farben in einer anderen.",
        },
      ],
    },
    examplePrompts: [
      "Berge im Morgengrauen, Schicht um Schicht im Nebel",
      "Eine Stadt in Neon und Regen, Magenta und Türkis",
      "Marmorierte Tinte, Adern aus Gold in tiefem Grün",
      "Polarlicht über gefrorenem Meer, dahinter Sterne",
      "Wüste in der Dämmerung, lange Schatten in Kupfer",
      "Ein stiller Wald im Winter, erstes Licht",
      "Blüten in Pastell öffnen sich, weiches Papier",
      "Bauhaus, Kreise in Rot, Creme und Schwarz",
      "Sturm auf dunklem Meer unter tiefem Mond",
      "Kristalle, kantig, violett und Eis",
    ],
  },
} as const;
