/** How much JavaScript a first visit loads, compressed, beside what Next.js and React weigh by themselves. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { HttpClient } from "../support/http-client.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import type { Figure, Measurement } from "./figure.ts";

const kilobytes = (bytes: number) => bytes / 1000;

export const measure: Measurement = async ({ origin }): Promise<Figure[]> => {
  const own = await frameworkAlone();
  const client = await signInByHttp(origin, "bench");
  const figures: Figure[] = [];
  for (const page of ["/", "/gallery"]) {
    const value = await firstLoad(client, origin, page);
    figures.push({ name: `first-load JavaScript of ${page}, gzip`, value, unit: "kB", peer: `framework alone ${own.toFixed(1)} kB` });
  }
  return figures;
};

/** What every page of any Next.js application loads: the shared root chunks of this build. */
async function frameworkAlone(): Promise<number> {
  const manifest = JSON.parse(await readFile(".next/build-manifest.json", "utf8")) as { rootMainFiles: string[] };
  const files = await Promise.all(manifest.rootMainFiles.map((file) => readFile(path.join(".next", file))));
  return kilobytes(files.reduce((sum, file) => sum + gzipSync(file).length, 0));
}

// Polyfills (`noModule`) are loaded by no browser that still matters.
async function firstLoad(client: HttpClient, origin: string, page: string): Promise<number> {
  const html = await (await client.request(origin + page)).text();
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/nomodule/i.test(tag));
  const sources = new Set(tags.flatMap((tag) => tag.match(/\bsrc="([^"]+)"/)?.[1] ?? []));
  const bytes = await Promise.all([...sources].map(async (source) => gzipSync(await (await fetch(origin + source)).arrayBuffer()).length));
  return kilobytes(bytes.reduce((sum, size) => sum + size, 0));
}
