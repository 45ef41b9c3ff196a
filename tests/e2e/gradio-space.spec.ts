import { bringSession } from "../support/bring-session.ts";
import { pictures, tile } from "../support/gallery-page.ts";
import { newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";
import { withServer } from "../support/with-server.ts";

test("a Space makes pictures: the form fits its endpoint, its line and its steps are shown, and a stopped call is taken back there", async ({
  page,
  allowErrors,
}) => {
  // What the server of this test says when it is closed.
  allowErrors(/ERR_/);
  const environment = { GRADIO_SPACE: "keepsake-examples/painter", GRADIO_ENDPOINT: "/infer" };
  await withServer({ paceMs: 250, environment }, async ({ origin, models }) => {
    await bringSession(page, await signInByHttp(origin, newUsername()), origin);
    await page.goto(`${origin}/gallery`);
    // Nothing that is anybody's account is chosen for them.
    await expect(page.getByRole("radio", { name: "Built-in engine" })).toBeChecked();
    await page.getByText("Hugging Face Space", { exact: true }).click();
    await page.locator("summary").first().click();
    await expect(page.getByRole("link", { name: "About it" })).toHaveAttribute(
      "href",
      "https://huggingface.co/spaces/keepsake-examples/painter",
    );
    await expect(page.getByRole("slider", { name: /Guidance/ })).toHaveValue("4.5");
    await page.getByRole("slider", { name: /Steps/ }).fill("6");
    await page.getByRole("textbox", { name: "What should not be in it" }).fill("people");

    const prompt = page.getByRole("textbox", { name: "Prompt" });
    await prompt.fill("a heron in the reeds [slow]");
    await page.getByRole("button", { name: "Make", exact: true }).click();
    await expect(tile(page, "a heron")).toContainText("2nd in line");
    await expect(tile(page, "a heron")).toContainText("Running");
    await expect(tile(page, "a heron")).toContainText(/\d%/);
    await expect(pictures(page)).toHaveCount(1);
    const { items } = await page.evaluate(async () => (await fetch("/api/generations")).json());
    expect(items[0]).toMatchObject({
      ...{ generator: "gradio-space", engine: "Hugging Face Space", model: "keepsake-examples/painter", width: 1024, height: 1024 },
      parameters: { endpoint: "/infer", steps: 6, guidance: 4.5, negativePrompt: "people" },
    });

    await prompt.fill("for ever [stuck]");
    await page.getByRole("button", { name: "Make", exact: true }).click();
    await expect(tile(page, "for ever")).toContainText("Next in line");
    await tile(page, "for ever").getByRole("button", { name: /^Stop/ }).click();
    await expect(tile(page, "for ever")).toHaveCount(0);
    await expect.poll(() => models.router?.seen.some((seen) => seen.path === "/gradio_api/cancel")).toBe(true);

    await prompt.fill("too much [quota]");
    await page.getByRole("button", { name: "Make", exact: true }).click();
    const failure = page.getByRole("list", { name: "Could not be made" }).getByRole("listitem");
    await expect(failure).toContainText("Your GPU time on Spaces is used up for now.");
    await expect(failure).toContainText("There is more in 10 minutes.");
    await expect(failure.getByRole("link", { name: "More GPU time with PRO" })).toBeVisible();
    await failure.getByRole("button", { name: "Make it with the built-in engine" }).click();
    await expect(pictures(page)).toHaveCount(2);
    const hosts = models.router?.seen.filter(({ authorization }) => authorization).map(({ host }) => host) ?? [];
    expect([...new Set(hosts)].sort()).toEqual(["huggingface.co", "keepsake-examples-painter.hf.space"]);
  });
});

test("without the setting there is no such engine", async ({ app, page, signIn }) => {
  const person = await signInByHttp(app, newUsername());
  const answer = await sendJson(person, "POST", `${app}/api/generations`, { prompt: "anything", generator: "gradio-space" });
  expect(await answer.json()).toMatchObject({ error: { code: "generator_unavailable" } });
  const { models } = (await (await person.request(`${app}/api/models`)).json()) as { models: object };
  expect(Object.keys(models)).toEqual(["inference-providers"]);
  await signIn(page, newUsername());
  await expect(page.getByRole("radio", { name: /Space/ })).toHaveCount(0);
});
