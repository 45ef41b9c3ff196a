/** Erasing an account, by hand, with the proof that one is shown. */
import { makePicture, newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

test("everything is erased for the one who types their user name, and for nobody else", async ({ page, app, signIn }) => {
  const username = newUsername();
  const [ada, eve] = await Promise.all([signInByHttp(app, username), signInByHttp(app, newUsername())]);
  const [first, , eves] = await Promise.all([makePicture(ada, app), makePicture(ada, app), makePicture(eve, app)]);

  await signIn(page, username, { next: "/account" });
  await page.getByRole("button", { name: "Erase everything…" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase everything?" });
  const confirm = dialog.getByRole("button", { name: "Erase everything" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill("somebody else");
  await expect(confirm).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect((await ada.request(`${app}/api/generations/${first.id}`)).status).toBe(200);

  await page.getByRole("button", { name: "Erase everything…" }).click();
  await dialog.getByRole("textbox").fill(username);
  await confirm.click();
  await expect(page.getByText(/2 pictures erased, .*6 files removed from storage, none left\./)).toBeVisible();
  expect((await ada.request(`${app}/api/generations/${first.id}`)).status).toBe(404);
  expect(await (await ada.request(`${app}/api/generations`)).json()).toMatchObject({ items: [], total: 0 });
  expect((await eve.request(`${app}/api/generations/${eves.id}`)).status).toBe(200);
  await page.getByRole("link", { name: "To the start page" }).click();
  await page.goto(`${app}/gallery`);
  expect(new URL(page.url()).pathname).not.toBe("/gallery");
});

test("the interface erases nothing without the right name, from another origin, or signed out", async ({ app }) => {
  const username = newUsername();
  const ada = await signInByHttp(app, username);
  const { id } = await makePicture(ada, app);
  const erase = (body: unknown, origin = app) =>
    ada.request(`${app}/api/account`, {
      method: "DELETE",
      body: JSON.stringify(body),
      headers: { origin, "content-type": "application/json" },
    });
  expect(await (await erase({ username: "eve" })).json()).toMatchObject({ error: { code: "username_differs" } });
  expect((await erase({})).status).toBe(400);
  expect((await erase({ username }, "https://elsewhere.example")).status).toBe(403);
  expect((await fetch(`${app}/api/account`, { method: "DELETE", headers: { origin: app } })).status).toBe(401);
  expect((await ada.request(`${app}/api/generations/${id}`)).status).toBe(200);
});
