/** `npm run provider`: the identity provider alone, for an app that is started by other means. */
import { startLocalHub } from "./local-hub.ts";
import { checkedPort } from "./ports.ts";
import { orOneSentence } from "./sentence.ts";

await orOneSentence(async () => {
  const port = await checkedPort(process.env.PORT ?? "7861");
  const app = process.env.APP_URL ?? "http://localhost:7860";
  const { welcome, environment } = await startLocalHub({ origins: [new URL(app).origin], folder: ".data", port });
  console.log("Start the app with these settings:");
  for (const [name, value] of Object.entries({ ...environment, APP_URL: app })) console.log(`  ${name}=${JSON.stringify(value)}`);
  console.log(welcome);
});
