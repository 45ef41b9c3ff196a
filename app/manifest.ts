import type { MetadataRoute } from "next";
import { site } from "@/lib/site";

/** What a phone needs to install the gallery as an app. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: site.name,
    short_name: site.name,
    description: site.tagline,
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
