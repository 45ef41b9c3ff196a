import { bringSession } from "../support/bring-session.ts";
import { createHttpClient, type HttpClient } from "../support/http-client.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent, claimRefusal, signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";
import { withServer } from "../support/with-server.ts";

const society = "analytical-society";

/** An administrator's role is visible once they opened their organization to the app. */
async function signInOwner(origin: string): Promise<HttpClient> {
  const owner = createHttpClient(origin);
  const { address } = await owner.visit(`${origin}/login`);
  const consent = await (await owner.request(address)).text();
  const id = consent.match(/name="organization"[^>]*value="([0-9a-f]{24})"|value="([0-9a-f]{24})"[^>]*name="organization"/);
  await answerConsent(owner, address, { username: "grace", organizations: [id?.[1] ?? id?.[2] ?? ""] });
  return owner;
}

test("the owner sees what is configured and what is missing, without secrets; to everyone else there is nothing", async () => {
  const secret = "an-auth-secret-that-nobody-may-see-0123456789";
  const environment = {
    GRADIO_SPACE: "keepsake-examples/upscaler",
    GRADIO_ENDPOINT: "infer",
    SPACE_AUTHOR_NAME: society,
    OAUTH_SCOPES: "openid profile",
    AUTH_SECRET: secret,
  };
  await withServer({ environment }, async ({ origin, hub }) => {
    expect((await fetch(`${origin}/api/status`)).status).toBe(401);
    const stranger = await signInByHttp(origin, newUsername());
    expect((await stranger.request(`${origin}/api/status`)).status).toBe(404);
    expect((await stranger.request(`${origin}/status`)).status).toBe(404);
    expect(await (await stranger.request(`${origin}/account`)).text()).not.toContain("/status");

    const owner = await signInOwner(origin);
    const answer = await owner.request(`${origin}/api/status`);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      engines: [
        { label: "Built-in engine", problem: null },
        { label: "Hugging Face models", problem: null },
        { label: "Hugging Face Space", problem: expect.stringContaining("takes no prompt, but input_image, factor") },
      ],
      signIn: {
        configured: true,
        missing: [],
        redirectUri: `${origin}/api/auth/callback/huggingface`,
        scopes: { granted: ["openid", "profile"], missing: [{ scope: "inference-api" }] },
      },
      storage: { problem: null },
    });
    const html = await (await owner.request(`${origin}/status`)).text();
    for (const hidden of [secret, hub.environment.OAUTH_CLIENT_SECRET, "hf_oauth_ey"]) {
      expect(text).not.toContain(hidden);
      expect(html).not.toContain(hidden);
    }
    expect(html).toContain("hf_oauth_scopes");
  });
});

test("that somebody came back with a refused permission is a hint for the owner, until it is granted", async ({ page }) => {
  const environment = { SPACE_AUTHOR_NAME: society };
  await withServer({ onLine: () => {}, environment }, async ({ origin }) => {
    const owner = await signInOwner(origin);
    const scopes = async () => (await (await owner.request(`${origin}/api/status`)).json()).signIn.scopes;
    expect(await scopes()).toMatchObject({ missing: [], refusedLately: [] });
    expect((await claimRefusal(createHttpClient(origin), origin, "inference-api")).status).toBe(503);
    expect(await scopes()).toMatchObject({ missing: [], refusedLately: [{ scope: "inference-api" }] });

    await bringSession(page, owner, origin);
    await page.goto(`${origin}/status`);
    await expect(page.getByText("somebody came back from the provider with the answer")).toBeVisible();
    await page.screenshot({ path: test.info().outputPath("hint.png"), fullPage: true });

    const username = newUsername();
    const person = await signInByHttp(origin, username);
    const { address } = await person.visit(`${origin}/login?allow=inference-api&next=/account`);
    expect((await answerConsent(person, address, { username })).address).toBe(`${origin}/account`);
    expect(await scopes()).toMatchObject({ missing: [], refusedLately: [] });
  });
});
