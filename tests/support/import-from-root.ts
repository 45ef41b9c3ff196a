/** Lets plain Node load product modules as the bundler and the test runner do: for what is measured without a server. */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = new URL("../../", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "server-only") return next(new URL("./empty.ts", import.meta.url).href, context);
    // next-auth leaves out the ending, which only bundlers forgive.
    if (/^next\/(?:server|headers|navigation)$/.test(specifier)) return next(`${specifier}.js`, context);
    const isOurs = context.parentURL?.startsWith(root) && !context.parentURL.includes("/node_modules/");
    if (!isOurs || !/^(?:@|\.{1,2})\//.test(specifier)) return next(specifier, context);
    const file = fileURLToPath(specifier.startsWith("@/") ? new URL(specifier.slice(2), root) : new URL(specifier, context.parentURL));
    const found = [file, `${file}.ts`, `${file}/index.ts`].find((candidate) => /\.\w+$/.test(candidate) && existsSync(candidate));
    return next(pathToFileURL(found ?? file).href, context);
  },
});
