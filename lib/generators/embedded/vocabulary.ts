/**
 * Which words lead where: English first, a little German, French and Spanish. Words are without accents and in lower case;
 * plural endings are taken off by the reader of the prompt. A number after a colon is the weight of the words that follow.
 */
import type { PaletteName } from "./palettes.ts";
import type { StyleName } from "./styles/index.ts";

export const styleWords: Record<StyleName, string> = {
  ridges: `2: mountain mountains peak summit alps alpine hill hills valley canyon cliff lake everest berg berge gebirge alpen see
    montagne montagnes montana montanas sierra lac lago ridge volcano fjord highland 1: landscape landschaft paysage paisaje view horizon
    nature village castle dragon`,
  forest: `2: forest wood woods woodland tree trees pine pines fir firs jungle taiga wald baum baume foret arbre bosque arbol deer fox
    wolf bear owl spruce birch cabin path 1: fog foggy mist misty nebel brume niebla moss fern mushroom`,
  dunes: `3: dune dunes desert sahara duna wuste desierto oasis camel caravan 2: sand mars sandy arid pyramid arabia beduin`,
  sea: `2: sea ocean wave waves beach coast shore sail sailing boat ship island harbor harbour lighthouse surf tide water meer ozean
    welle wellen strand mer vague vagues plage mar ola olas playa barco schiff whale dolphin fish bay lagoon 1: sunset sunrise sun
    sonne soleil sol sonnenuntergang atardecer moonlight calm`,
  cosmos: `2: galaxy galaxies nebula space cosmos cosmic universe planet planets saturn star stars starry orbit astronaut rocket comet
    constellation weltraum sterne stern etoile etoiles espace estrella estrellas espacio galaxie galaxia universo univers spaceship
    supernova eclipse alien 1: night nacht nuit noche sky moon mond lune luna himmel ciel cielo robot`,
  aurora: `4: aurora borealis polarlicht polarlichter aurore boreale arctic arctique northern polar iceland norway lapland`,
  skyline: `3: city skyline skyscraper town tower towers street building buildings urban metropolis downtown stadt ville ciudad
    rascacielos hochhaus manhattan tokyo york paris london berlin cyberpunk megacity 1: traffic future futuristic house architecture neon`,
  marble: `3: marble ink agate marbling swirl swirls smoke fluid liquid marmor tinte encre marbre tinta marmol fumee rauch humo silk
    suminagashi lava magma oil geode gem 2: abstract abstrakt abstrait abstracto fire flame feuer feu fuego cloud clouds`,
  papercut: `3: paper papercut cutout collage layers topography topographic contour map papier karte papel carte relief origami cave 1:
    sculpture minimal minimalist minimalism`,
  ribbons: `3: ribbon ribbons brush brushstroke stroke strokes flow flowing current wind lines fidenza pinsel pinceau pincel vent
    viento river fluss riviere rio hair feather feathers 2: music jazz dance dancing song motion speed painting van gogh impressionist
    musik musique musica`,
  geometry: `3: bauhaus geometry geometric circle circles square squares pattern tile tiles shape shapes kandinsky mondrian poster
    kreis kreise muster cercle cercles circulo circulos grid retro mid-century modernist quilt 1: logo design`,
  botanical: `3: flower flowers floral bloom blossom blossoms petal petals rose roses tulip poppy poppies daisy lotus orchid peony lily
    bouquet garden botanical blume blumen blute rosen garten fleur fleurs jardin flor flores plant plants sakura cherry sunflower
    lavender dahlia herbarium 2: spring leaf leaves fruhling printemps primavera butterfly bee meadow wiese bird hummingbird`,
  bokeh: `3: bokeh bubble bubbles lantern lanterns raindrops balloon balloons firefly fireflies lichter lumieres luces blasen bulles
    burbujas confetti candle candles 1: rain regen pluie lluvia light lights lumiere christmas party window magic soft festival love drop`,
  crystals: `3: crystal crystals lowpoly low-poly polygon polygonal diamond gemstone kristall kristalle cristal cristales facet ice iceberg
    glacier eis glace hielo glass prism stained mosaic triangle triangles amethyst quartz 1: emerald ruby sapphire jewel`,
  attractor: `4: attractor chaos fractal fractals strange mathematics math equation fractale caos silk-thread lorenz clifford butterfly-effect
    2: ghost spirit soul energy mind brain thought dna electric electricity quantum geist ame alma time infinity`,
};

// A colour that is named outweighs the colours that a season, an hour or a thing brings along.
export const paletteWords: Record<PaletteName, string> = {
  dusk: "sunset dusk twilight evening sonnenuntergang abend crepuscule coucher atardecer ocaso vaporwave synthwave",
  dawn: "3: peach apricot 1: dawn sunrise morning morgen aube aurora-dawn matin amanecer alba",
  ocean: "3: teal turquoise turkis cyan aqua petrol 1: tropical lagoon underwater",
  azure: "3: blue blau bleu azul cobalt indigo azure sapphire cerulean navy",
  moss: "3: green grun vert verde moss emerald jade olive 1: jungle fern",
  gold: "3: gold golden dore oro amber honey bronze brass dorado 1: whisky",
  ember: "3: red rot rouge rojo crimson scarlet ruby 1: fire flame feuer feu fuego lava magma blood volcano dragon",
  rose: "3: pink rosa rose magenta blush cherry raspberry 1: sakura love",
  violet: "3: violet purple lila violett mauve morado purpura lavender amethyst plum 1: orchid",
  pastel: "3: pastel 1: soft gentle sanft doux suave cotton candy dream dreamy dreaming traum reve sueno unicorn baby",
  neon: "3: neon 1: cyberpunk electric synth disco laser arcade",
  ink: "3: monochrome ink 2: black grey gray schwarz grau noir gris negro 1: white weiss blanc blanco sumi charcoal graphite minimal",
  frost: "3: silver 1: winter ice icy snow snowy frost cold eis schnee neige hiver nieve invierno glacier iceberg arctic",
  autumn: "autumn fall herbst automne otono october maple pumpkin harvest",
  terracotta: "3: terracotta orange naranja copper rust 1: clay mars canyon brick",
  midnight: "midnight mitternacht minuit medianoche dark darkness",
  boreal: "3: mint menthe menta 1: boreal",
  sepia: "3: sepia brown braun brun marron 1: vintage old ancient antique coffee chocolate nostalgia wood",
  riviera: "summer sommer ete verano mediterranean beach holiday greece riviera azulejo",
  orchard: "3: yellow gelb jaune amarillo lemon lime 1: sunflower spring orchard citrus fruhling printemps primavera",
};

export const moodWords = {
  night: "night nacht nuit noche midnight dark darkness moon moonlight mond lune luna star stars starry nocturne mitternacht",
  dusk: "sunset dusk twilight evening sunrise dawn morning abend morgen sonnenuntergang aube crepuscule atardecer amanecer golden",
  day: "day noon summer sunny bright sommer ete verano sonnig midday afternoon tag",
  calm: "calm quiet peaceful serene still silence silent gentle zen ruhig ruhe stille calme tranquil tranquilo paz soft minimal",
  storm:
    "storm stormy thunder thunderstorm orage wild tempest hurricane raging chaos sturm gewitter tempete tormenta fierce dramatic epic energy",
  mist: "mist misty fog foggy haze hazy dream dreamy dreaming mysterious nebel traum brume reve niebla sueno ethereal ghost",
  snow: "snow snowy winter blizzard schnee neige nieve hiver invierno christmas arctic snowfall",
  rain: "rain rainy raining regen pluie lluvia downpour monsoon",
  moon: "moon moonlight mond lune luna",
  sun: "sun sunny sonne soleil sol sunset sunrise",
  water: "lake see lac lago reflection reflections pond mirror water river",
} as const;
