import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { pictures, tile } from "../support/gallery-page.ts";
import { newUsername } from "../support/pictures.ts";
import { expect, test } from "../support/test.ts";

const failure = (page: Page, prompt: string) =>
  page.getByRole("list", { name: "Could not be made" }).getByRole("listitem").filter({ hasText: prompt });

async function make(page: Page, prompt: string) {
  await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
  await page.getByRole("button", { name: "Make", exact: true }).click();
}

/** Chooses the models and asks to be allowed to run them; ends at the consent page. */
async function askForModels(page: Page) {
  await page.getByText("Hugging Face models", { exact: true }).click();
  await page.getByRole("link", { name: "Allow it" }).click();
}

test("a person allows models, comes back to the filled form, and makes a picture with one; a reload in the middle loses nothing", async ({
  app,
  page,
  signIn,
}) => {
  const username = newUsername();
  await signIn(page, username);
  // Nothing that costs is chosen for anyone.
  await expect(page.getByRole("radio", { name: "Built-in engine" })).toBeChecked();
  await page.getByRole("textbox", { name: "Prompt" }).fill("a lighthouse [slow]");
  await askForModels(page);
  await signIn(page, username, { started: true });
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("a lighthouse [slow]");
  await expect(page.getByRole("radio", { name: "Hugging Face models" })).toBeChecked();

  await page.locator("summary").first().click();
  const model = page.getByRole("button", { name: /^Model/ });
  await expect(model).toHaveText("Z-Image-Turbo");
  await expect(page.getByText("Run by fal · about $0.005 · apache-2.0")).toBeVisible();
  // The form fits the model.
  await expect(page.getByRole("slider", { name: /Guidance/ })).toHaveCount(0);
  await model.click();
  const menu = page.getByRole("dialog", { name: "Choose a model" });
  await expect(menu.getByRole("radio")).toHaveCount(10);
  await expect(menu.getByText("fal · about $0.005 · apache-2.0")).toBeVisible();
  await expectAccessible(page, { within: "form" });
  await menu.getByText("stable-diffusion-3-medium-diffusers").click();
  await expect(menu).toBeHidden();
  await expect(model).toBeFocused();
  await expect(page.getByRole("slider", { name: /Guidance/ })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "What should not be in it" })).toBeVisible();
  // Enter takes what was looked for, and makes no picture.
  await model.click();
  await menu.getByRole("searchbox", { name: "Find a model" }).fill("z.ai mit");
  await page.keyboard.press("Enter");
  await expect(model).toHaveText("GLM-Image");
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByRole("slider")).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "New each time" })).toHaveCount(0);
  // Arrow keys go through them without closing.
  await model.click();
  await menu.getByRole("radio", { name: /GLM-Image/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(menu).toBeVisible();
  await expect(menu.getByRole("radio", { name: /Z-Image-Turbo/ })).toBeChecked();
  await page.keyboard.press("Escape");
  await page.getByRole("slider", { name: /Steps/ }).fill("6");

  // A model that has gone since says so, and the next is offered.
  const keep = (id: string) =>
    JSON.stringify({ engine: "inference-providers", model: id, prompt: "a lighthouse [slow]", settingsOpen: true, steps: 6 });
  await page.evaluate((draft) => localStorage.setItem("keepsake.draft", draft), keep("example/gone"));
  await page.reload();
  await expect(page.getByText("gone is not offered here now. This is the next one.")).toBeVisible();
  await expect(model).toHaveText("Z-Image-Turbo");
  await page.evaluate((draft) => localStorage.setItem("keepsake.draft", draft), keep("Tongyi-MAI/Z-Image-Turbo"));
  await page.reload();
  await expect(page.getByText("is not offered here now")).toHaveCount(0);

  await page.getByRole("button", { name: "Make", exact: true }).click();
  await expect(tile(page, "a lighthouse")).toContainText(/(2nd|Next) in line/);
  const [asked] = (await page.evaluate(async (path) => (await fetch(path)).json(), `${app}/api/jobs`)).jobs;
  expect(asked.request).toMatchObject({ prompt: "a lighthouse [slow]", model: "Tongyi-MAI/Z-Image-Turbo", steps: 6 });
  // Looked at as soon as it is there: by the time its scripts are all at rest, the picture may be made.
  await page.reload({ waitUntil: "commit" });
  await expect(tile(page, "a lighthouse")).toContainText(/in line|Running, \d+ s|Downloading/);
  await expect(pictures(page)).toHaveCount(1);
  const { items } = await page.evaluate(async (path) => (await fetch(path)).json(), `${app}/api/generations`);
  expect(items[0]).toMatchObject({
    ...{ generator: "inference-providers", engine: "Hugging Face models", model: "Tongyi-MAI/Z-Image-Turbo" },
    parameters: { provider: "fal", steps: 6 },
  });
  expect(JSON.stringify(items)).not.toContain("hf_");
});

test("failures say what happened and what to do, and lose nothing; another tab shows what is in the making", async ({
  page,
  context,
  signIn,
  allowErrors,
}) => {
  allowErrors(/40[34]/);
  const username = newUsername();
  await signIn(page, username);
  await askForModels(page);
  await signIn(page, username, { started: true });

  await make(page, "credits [402]");
  const broke = failure(page, "credits");
  await expect(broke).toContainText("Your credits at Hugging Face are used up.");
  await expect(broke.getByRole("link", { name: "Add credits" })).toHaveAttribute("href", "https://huggingface.co/settings/billing");
  await expect(broke.getByRole("button", { name: "Try again" })).toBeVisible();
  await broke.getByRole("button", { name: "Make it with the built-in engine" }).click();
  await expect(pictures(page)).toHaveCount(1);
  await expect(pictures(page).getByRole("img")).toHaveAttribute("alt", "credits [402]");

  await make(page, "gone [410]");
  await expect(failure(page, "gone")).toContainText("This model is no longer offered.");
  await expect(failure(page, "gone").getByRole("button", { name: /^Try FLUX/ })).toBeVisible();
  await failure(page, "gone").getByRole("button", { name: "Dismiss" }).click();
  await expect(failure(page, "gone")).toHaveCount(0);

  // What a provider has made and could not be fetched is looked for again, and not paid twice.
  await make(page, "found again [lost-file]");
  await expect(failure(page, "found again")).toContainText("It may have been made already; looking again costs nothing.");
  await failure(page, "found again").getByRole("button", { name: "Look again" }).click();
  await expect(pictures(page)).toHaveCount(2);
  await expect(failure(page, "found again")).toHaveCount(0);

  await make(page, "endless [stuck]");
  await expect(tile(page, "endless")).toContainText("in line");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(tile(other, "endless")).toContainText("in line");
  await tile(other, "endless").getByRole("button", { name: /^Stop/ }).click();
  await expect(other.getByText("it may still bill this picture")).toBeVisible();
  await expect(tile(other, "endless")).toHaveCount(0);
  await expect(tile(page, "endless")).toHaveCount(0);
  await page.reload();
  await expect(pictures(page)).toHaveCount(2);
  await expect(page.getByRole("progressbar")).toHaveCount(0);
});

test("what could not be made is still listed after a reload, and leads nobody away from what was found", async ({ app, page, signIn }) => {
  const username = newUsername();
  await signIn(page, username);
  await askForModels(page);
  await signIn(page, username, { started: true });
  await make(page, "a sea that was left [410]");
  await expect(failure(page, "a sea")).toBeVisible();
  await page.goto(`${app}/gallery?q=sea`);
  await expect(failure(page, "a sea")).toContainText("This model is no longer offered.");
  await page.reload();
  await expect(failure(page, "a sea")).toContainText("This model is no longer offered.");
  await expect(page).toHaveURL(`${app}/gallery?q=sea`);
  await expect(page.getByRole("searchbox", { name: "Search prompts and titles" })).toHaveValue("sea");
});
