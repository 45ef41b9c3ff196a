/** `npm start`: the production server, with settings from the environment only. */
import { runUntilStopped } from "./child.ts";
import { checkedPort } from "./ports.ts";
import { startProduction } from "./production.ts";
import { orOneSentence } from "./sentence.ts";

await orOneSentence(async () => {
  const port = await checkedPort(process.env.PORT || "7860");
  const server = startProduction(port, process.env);
  await runUntilStopped(server, async () => {});
});
