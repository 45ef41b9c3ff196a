import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { startInferenceRouter } from "../../dev/inference-router.ts";
import { startPreview } from "../../dev/preview.ts";
import type { HttpClient } from "../support/http-client.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent, signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

/** A session with the permission to run models. */
async function signInForModels(app: string, username: string): Promise<HttpClient> {
  const client = await signInByHttp(app, username);
  const { address } = await client.visit(`${app}/login?allow=inference-api&next=/gallery`);
  const { response } = await answerConsent(client, address, { username });
  await response.body?.cancel();
  return client;
}

const json = async (client: HttpClient, address: string) => (await client.request(address)).json();

test("a process that dies while a provider works on a picture picks it up again, and asks and pays once", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-restart-"));
  const router = await startInferenceRouter({ paceMs: 400 });
  const preload = `--import ${pathToFileURL(path.resolve("dev/rerouted.ts")).href}`;
  const settings = { folder, quiet: true, environment: { INFERENCE_STAND_IN: router.origin, NODE_OPTIONS: preload } };
  const username = newUsername();
  try {
    const first = await startPreview(settings);
    const before = await signInForModels(first.origin, username);
    const response = await before.request(`${first.origin}/api/generations`, {
      method: "POST",
      body: JSON.stringify({
        prompt: "a slow boat",
        generator: "inference-providers",
        model: "Tongyi-MAI/Z-Image-Turbo",
        seed: 77,
        steps: 5,
      }),
      headers: { origin: first.origin, "content-type": "application/json", accept: "text/event-stream" },
    });
    expect(response.status).toBe(200);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let told = "";
    while (!told.includes("event: queued")) told += (await reader?.read())?.value ?? "";
    first.server.process.kill("SIGKILL");
    await reader?.cancel().catch(() => undefined);
    await first.close();

    const second = await startPreview(settings);
    const after = await signInForModels(second.origin, username);
    expect((await json(after, `${second.origin}/api/generations`)).total).toBe(0);
    expect((await json(after, `${second.origin}/api/jobs`)).jobs).toMatchObject([{ request: { prompt: "a slow boat", seed: 77 } }]);
    await expect.poll(async () => (await json(after, `${second.origin}/api/generations`)).total).toBe(1);
    const [item] = (await json(after, `${second.origin}/api/generations`)).items;
    expect(item).toMatchObject({
      prompt: "a slow boat",
      seed: 77,
      model: "Tongyi-MAI/Z-Image-Turbo",
      parameters: { provider: "fal", steps: 5 },
    });
    expect((await json(after, `${second.origin}/api/jobs`)).jobs).toEqual([]);
    await second.close();
    expect(router.seen.filter(({ method, host }) => method === "POST" && host === "router.huggingface.co")).toHaveLength(1);
  } finally {
    await router.close();
    await rm(folder, { recursive: true, force: true });
  }
});
