/** A Space with a custom domain, which is canonical, while the frame on huggingface.co shows it under its other name. */
import { authorize } from "../support/authorize.ts";
import { spacePage, startEmbedding } from "../support/embedding.ts";
import { newUsername } from "../support/pictures.ts";
import { spaceHost, spaceOrigin, startSpace } from "../support/space.ts";
import { expect, test } from "../support/test.ts";

const domain = "keepsake.example";

test("on its other name a language is chosen without leaving it, and the badge in the frame leads to the canonical host", async () => {
  const space = await startSpace({ hosts: [domain, spaceHost] });
  const embedding = await startEmbedding(space.port, [domain]);
  const context = await embedding.launch("blocked by flag");
  try {
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(`${spaceOrigin}/organization`);
    for (const [name, language] of [
      ["Deutsch", "de"],
      ["English", "en"],
    ] as const) {
      await page.getByRole("contentinfo").getByRole("button", { name }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page).toHaveURL(`${spaceOrigin}/organization`);
    }

    await page.goto(spacePage);
    const badge = page.frameLocator("iframe").getByRole("button", { name: "Sign in with Hugging Face (opens a new tab)" });
    const [tab] = await Promise.all([context.waitForEvent("page"), badge.click()]);
    const username = newUsername();
    await authorize(tab, username);
    await expect(tab).toHaveURL(`https://${domain}/gallery`);
    await expect(tab.getByRole("banner").getByRole("button", { name: username })).toBeVisible();
  } finally {
    await context.close();
    await embedding.close();
    await space.close();
  }
});
