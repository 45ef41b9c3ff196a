/**
 * What one changes first to make Keepsake one's own: name, texts, example prompts, badge and grid. Colours are in `app/globals.css`.
 * Pure data: imports nothing.
 */
export const site = {
  name: "Keepsake",
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
      { title: "Make it your own", text: "Duplicate this Space and it runs as it is. Its words are in one file, its colours in another." },
    ],
  },
  /** Where the last line leads: how to duplicate a Space. */
  duplicateUrl: "https://huggingface.co/docs/hub/spaces-overview#duplicating-a-space",
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
  /** The model of the Hub that is offered first, for those who let the app run models in their name. */
  model: "Tongyi-MAI/Z-Image-Turbo",
  /** Sizes sm, md, lg, xl are 24, 32, 40, 48 px high; theme `auto` follows the visitor's. */
  badge: { size: "xl", theme: "auto" },
  /** Behind the app while it opens, once it is installed on a phone: the paper of the light theme. Its icons are in `public/icons`. */
  installed: { background: "#fbfaf7" },
  /** Height that rows of the gallery aim at, in pixels, on wide screens. */
  rowHeight: 272,
} as const;
