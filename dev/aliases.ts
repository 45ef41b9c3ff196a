/** `node --import ./dev/aliases.ts`: lets Node resolve `@/…` as the bundler does, for scripts that run product code without a build. */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.join(import.meta.dirname, "..");

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith("@/")) return next(specifier, context);
    const file = path.join(root, specifier.slice(2));
    const candidates = [`${file}.ts`, path.join(file, "index.ts")];
    return next(pathToFileURL(candidates.find(existsSync) ?? file).href, context);
  },
});
