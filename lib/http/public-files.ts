import "server-only";
import { readdirSync } from "node:fs";
import path from "node:path";

/** What was built: Next.js answers what is not among it without a page. */
const built = /^\/(?:_next\/static\/|icon\.svg$|apple-icon\.png$|manifest\.webmanifest$)/;

let kept: ReadonlySet<string> | null = null;

/** Whether an address leads to a file of `public` or of the build: anyone may have it, and nothing about it is private. */
export function isPublicFile(pathname: string): boolean {
  kept ??= new Set(publicFiles());
  return kept.has(pathname) || built.test(pathname);
}

// Only what is there: for every other name Next.js renders a page, which must have the headers of one.
function publicFiles(): string[] {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "public");
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((file) => `/${path.relative(folder, path.join(file.parentPath, file.name)).split(path.sep).join("/")}`);
  } catch {
    // Where something in front of the server serves them instead.
    return [];
  }
}
