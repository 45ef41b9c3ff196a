/** Lets plain Node load modules that import by `@/`, as the bundler and the test runner do: for what is measured without a server. */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname, "../..");

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith("@/")) return next(specifier, context);
    const file = path.join(root, specifier.slice(2));
    return next(pathToFileURL(existsSync(`${file}.ts`) ? `${file}.ts` : path.join(file, "index.ts")).href, context);
  },
});
