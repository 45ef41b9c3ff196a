/** `npm run dev`: the app with everything it needs, on this machine alone. Variables that are set already win. */
import { createRequire } from "node:module";
import { type Environment, runUntilStopped, startServer, untilAnswering } from "./child.ts";
import { type LocalHub, startLocalHub } from "./local-hub.ts";
import { startModels } from "./models.ts";
import { checkedPort } from "./ports.ts";
import { orOneSentence } from "./sentence.ts";

await orOneSentence(async () => {
  const port = await checkedPort(process.env.PORT || "7860");
  const origin = process.env.APP_URL || `http://localhost:${port}`;
  const hub = process.env.OAUTH_CLIENT_ID ? null : await startLocalHub({ origins: [new URL(origin).origin], folder: ".data" });
  const models = hub && (await startModels());
  const environment = {
    APP_URL: origin,
    DATA_DIR: ".data/archive",
    CACHE_DIR: ".data/cache",
    NEXT_TELEMETRY_DISABLED: "1",
    ...hub?.environment,
    ...(hub && { SPACE_CREATOR_USER_ID: hub.owner }),
    ...settings(hub),
    ...models?.environment,
    PORT: String(port),
  };
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const server = startServer(next, ["dev", "--port", String(port)], environment);
  untilAnswering(`http://localhost:${port}/`, server).then(
    () => console.log(welcome(hub)),
    () => {},
  );
  await runUntilStopped(server, async () => {
    await Promise.all([hub?.close(), models?.close()]);
  });
});

// A secret or an issuer without a client ID would not fit the local provider: then its own settings stand together.
function settings(hub: LocalHub | null): Environment {
  const given = Object.entries(process.env).filter(([name, value]) => value !== "" && !(hub && /^O(?:AUTH_CLIENT_|PENID_)/.test(name)));
  return Object.fromEntries(given);
}

// The app itself says where it is and where pictures are kept.
function welcome(hub: LocalHub | null): string {
  return hub?.welcome ?? "Sign in with an account of the provider that OAUTH_CLIENT_ID belongs to.";
}
