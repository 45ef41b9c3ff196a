import type { Page } from "@playwright/test";
import type { HttpClient } from "./http-client.ts";

/** Lets a browser go on as the person whom a client has signed in at `app`, and as nobody else. */
export async function bringSession(page: Page, client: HttpClient, app: string): Promise<void> {
  await page.context().clearCookies();
  await page.context().addCookies(client.cookies().map(({ name, value }) => ({ name, value, url: app })));
}
