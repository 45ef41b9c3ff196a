/** The production server of this folder's build. */
import { existsSync } from "node:fs";
import path from "node:path";
import { type Environment, type Listening, type ServerProcess, startServer } from "./child.ts";

const script = path.resolve(".next/standalone/server.js");

/**
 * Starts it on a port. Folders in `environment` are meant from here, but the server works inside the build, which the
 * next build erases: they are made absolute.
 * @throws Error with one sentence when there is no build
 */
export function startProduction(port: number, environment: Environment, listening: Listening = {}): ServerProcess {
  if (!existsSync(script)) throw new Error("There is no build yet: run `npm run build` first.");
  const folders = environment.SPACE_ID ? {} : { DATA_DIR: ".data/archive", CACHE_DIR: ".data/cache" };
  // Containers and some shells export HOSTNAME, the name of the machine; Next.js would listen on that address alone.
  const settings: Environment = { ...folders, ...environment, NODE_ENV: "production", HOSTNAME: "0.0.0.0", PORT: String(port) };
  for (const name of ["DATA_DIR", "CACHE_DIR"]) {
    const folder = settings[name];
    if (folder) settings[name] = path.resolve(folder);
  }
  return startServer(script, [], settings, listening);
}
