import { expect, type Page } from "@playwright/test";

/** Answers the consent page that a browser shows, or is about to. `username` may be one of the ready people or anyone. */
export async function authorize(page: Page, username: string): Promise<void> {
  await expect(page.getByRole("heading", { name: /asks to sign you in/ })).toBeVisible();
  const ready = page.locator(`input[type="radio"][value="${username}"]`);
  if ((await ready.count()) > 0) await ready.check();
  else {
    await page.getByRole("radio", { name: /Someone else/ }).check();
    await page.getByRole("textbox", { name: "User name" }).fill(username);
  }
  await page.getByRole("button", { name: "Authorize" }).click();
}
