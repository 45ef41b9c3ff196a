import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../dev/ports.ts";
import { startPreview } from "../../dev/preview.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent, signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

test("signed out, a copy of the cookie answers 401, also after a restart; another session goes on", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-settings-"));
  const settings = { folder, port: await freePort(), quiet: true, environment: { NODE_ENV: "production" } };
  const status = async (origin: string, cookie: string) => (await fetch(`${origin}/api/me`, { headers: { cookie } })).status;
  try {
    const before = await startPreview(settings);
    const { origin } = before;
    const [leaving, staying] = [await signInByHttp(origin, newUsername()), await signInByHttp(origin, newUsername())];
    const [copy, other] = [leaving, staying].map((client) =>
      client
        .cookies()
        .filter(({ name }) => name === "keepsake-session")
        .map(({ name, value }) => `${name}=${value}`)
        .join("; "),
    ) as [string, string];
    expect(await status(origin, copy)).toBe(200);
    expect((await leaving.request(`${origin}/logout`, { method: "POST", headers: { origin } })).status).toBe(303);
    expect([await status(origin, copy), await status(origin, other)]).toEqual([401, 200]);
    await before.close();

    const after = await startPreview(settings);
    expect(after.origin).toBe(origin);
    expect([await status(origin, copy), await status(origin, other)]).toEqual([401, 200]);
    // Everywhere: this browser, another one, and not before the next sign-in again.
    const username = newUsername();
    const [here, elsewhere] = [await signInByHttp(origin, username), await signInByHttp(origin, username)];
    const me = async (client: typeof here) => (await client.request(`${origin}/api/me`)).status;
    const everywhere = { method: "POST", headers: { origin } };
    expect((await here.request(`${origin}/logout?everywhere=true`, everywhere)).status).toBe(303);
    expect([await me(here), await me(elsewhere), await status(origin, other)]).toEqual([401, 401, 200]);
    expect(await me(await signInByHttp(origin, username))).toBe(200);
    const page = await fetch(`${origin}/gallery`, { headers: { cookie: copy }, redirect: "manual" });
    expect(page.headers.get("location")).toContain("/login");
    await after.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("signing out everywhere also stops what is being made", async ({ app }) => {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const { address } = await person.visit(`${app}/login?allow=inference-api&next=/gallery`);
  await (await answerConsent(person, address, { username })).response.body?.cancel();
  const wanted = { prompt: "a boat [stuck]", generator: "inference-providers", model: "Tongyi-MAI/Z-Image-Turbo" };
  const headers = { origin: app, "content-type": "application/json", accept: "text/event-stream" };
  const making = await person.request(`${app}/api/generations`, { method: "POST", headers, body: JSON.stringify(wanted) });
  const jobs = async (client: typeof person) => ((await (await client.request(`${app}/api/jobs`)).json()) as { jobs: unknown[] }).jobs;
  await expect.poll(() => jobs(person)).toHaveLength(1);
  expect((await person.request(`${app}/logout?everywhere=true`, { method: "POST", headers: { origin: app } })).status).toBe(303);
  expect(await making.text()).not.toMatch(/event: (?:stored|saved)/);
  expect(await jobs(await signInByHttp(app, username))).toEqual([]);
});
