import type { MetadataRoute } from "next";
import { currentLanguage, currentTexts } from "@/lib/language/current";
import { directionOf } from "@/lib/language/languages";
import { site } from "@/lib/site";

/** What a phone needs to install the gallery as an app. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const [language, { tagline }] = await Promise.all([currentLanguage(), currentTexts()]);
  return {
    lang: language,
    dir: directionOf(language),
    name: site.name,
    short_name: site.name,
    description: tagline,
    start_url: "/gallery",
    scope: "/",
    display: "standalone",
    background_color: site.installed.background,
    theme_color: site.installed.background,
    icons: [
      { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/512-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
