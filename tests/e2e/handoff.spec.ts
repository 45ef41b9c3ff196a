/** The handoff of a session from the tab into the embedded frame, over HTTP: who may begin, approve and claim it. C01–C14: see frame.spec.ts. */
import { setTimeout as delay } from "node:timers/promises";
import { beginHandoff, claimHandoff, fromOurForm, fromOurFrame, newSecret } from "../support/handoff.ts";
import type { HttpClient } from "../support/http-client.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent } from "../support/sign-in-by-http.ts";
import { type Space, spaceOrigin, startSpace } from "../support/space.ts";
import { expect, test } from "../support/test.ts";

test.describe.configure({ mode: "default" });

let space: Space;

test.beforeAll(async () => {
  space = await startSpace();
});
test.afterAll(() => space?.close());

const asFrame = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" };
const asTab = { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

const me = (client: HttpClient, headers: Record<string, string> = fromOurFrame) => client.request(`${spaceOrigin}/api/me`, { headers });

const namesOfOurs = (client: HttpClient) => client.cookies().flatMap(({ name }) => (name.includes("keepsake") ? [name] : []));

/** Where a frame ends that somebody who is signed out leads to an address. */
async function loadInFrame(start: string) {
  const frame = space.client();
  let address = start;
  for (let hops = 0; hops < 5; hops++) {
    const answer = await frame.request(address, { headers: asFrame });
    const next = answer.headers.get("location");
    if (next === null) return { address, html: await answer.text() };
    address = new URL(next, address).href;
  }
  throw new Error(`${start} leads in a circle`);
}

/** From the form to the page that ends the tab. */
async function signInForFrame(tab: HttpClient, challenge: string, username: string) {
  const started = await beginHandoff(tab, challenge);
  const { address } = await tab.visit(started.headers.get("location") ?? "");
  return answerConsent(tab, address, { username });
}

test("C05: a frame gets a session of its own, once, and only its verifier opens it", async () => {
  const [tab, frame, other] = [space.client(), space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  const username = newUsername();
  expect((await claimHandoff(frame, verifier)).status).toBe(404);
  const started = await beginHandoff(tab, challenge);
  expect(started.status).toBe(303);
  expect(started.headers.get("location")).toMatch(/^http:\/\/localhost:\d+\/oauth\/authorize\?/);
  expect(started.headers.get("location")).not.toContain(challenge);
  expect((await claimHandoff(frame, verifier)).status).toBe(204);

  const { address } = await tab.visit(started.headers.get("location") ?? "");
  const end = await answerConsent(tab, address, { username });
  expect(end.address).toBe(`${spaceOrigin}/embedded?next=%2Faccount`);
  const page = await end.response.text();
  expect(page).toContain(`Signed in as @${username}.`);
  expect(page).toContain("You can close this tab.");
  expect(namesOfOurs(tab)).toEqual(["__Host-keepsake-session"]);

  expect((await claimHandoff(other, newSecret().verifier)).status).toBe(404);
  // Two claims at once: exactly one gets it.
  const answers = await Promise.all([claimHandoff(frame, verifier), claimHandoff(frame, verifier)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  const granted = answers.find(({ status }) => status === 200);
  expect(await granted?.json()).toMatchObject({ user: { username } });
  expect((await me(frame)).status).toBe(200);
  expect((await claimHandoff(other, verifier)).status).toBe(410);
  // It is not the tab's session: each ends by itself.
  const sealed = (client: HttpClient) => client.cookies().find(({ name }) => /session|frame/.test(name))?.value;
  expect(sealed(frame)).not.toBe(sealed(tab));
  expect((await tab.request(`${spaceOrigin}/logout`, { method: "POST", headers: fromOurForm })).status).toBe(303);
  expect((await me(tab)).status).toBe(401);
  expect((await me(frame)).status).toBe(200);
});

test("the frame's cookie opens nothing in a tab, nor for a browser that does not say what it fetches for", async () => {
  const [tab, frame] = [space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  await signInForFrame(tab, challenge, newUsername());
  expect((await claimHandoff(frame, verifier)).status).toBe(200);
  expect((await frame.request(`${spaceOrigin}/account`, { headers: asFrame })).status).toBe(200);
  for (const headers of [asTab, { ...asTab, "sec-fetch-site": "cross-site" }, {}]) {
    const answer = await frame.request(`${spaceOrigin}/account`, { headers });
    expect(answer.status, JSON.stringify(headers)).toBe(307);
    expect((await me(frame, headers)).status, JSON.stringify(headers)).toBe(401);
  }
  expect((await me(frame, { "sec-fetch-site": "cross-site", "sec-fetch-dest": "empty" })).status).toBe(401);
});

test("C02: nobody but our own page in a frame can begin a handoff", async () => {
  const { verifier, challenge } = newSecret();
  const { origin: _origin, ...withoutOrigin } = fromOurForm;
  const strangers: Record<string, string>[] = [
    { ...fromOurForm, origin: "https://evil.hf.space" },
    { ...fromOurForm, origin: "https://huggingface.co" },
    { ...fromOurForm, origin: "null" },
    withoutOrigin,
    ...["cross-site", "same-site", "none"].map((site) => ({ ...fromOurForm, "sec-fetch-site": site })),
    ...["iframe", "empty", "image"].map((destination) => ({ ...fromOurForm, "sec-fetch-dest": destination })),
    { ...fromOurForm, "sec-fetch-user": "?0" },
    { ...fromOurForm, "content-type": "text/plain" },
    { ...fromOurForm, "content-type": "multipart/form-data; boundary=x" },
  ];
  for (const headers of strangers) {
    const answer = await beginHandoff(space.client(), challenge, { headers });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  for (const wrong of ["", "short", `${challenge}x`, `${challenge.slice(1)}=`, `${challenge.slice(1)} `]) {
    expect((await beginHandoff(space.client(), wrong)).status, wrong).toBe(403);
  }
  expect((await beginHandoff(space.client(), challenge, { next: `/${"a".repeat(2000)}` })).status).toBe(403);
  expect((await claimHandoff(space.client(), verifier)).status).toBe(404);
});

test("C03: a challenge in a link is nothing", async () => {
  const [tab, frame] = [space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  const { address } = await tab.visit(`${spaceOrigin}/login?next=/account&challenge=${challenge}`, { headers: asTab });
  expect(address).not.toContain(challenge);
  const end = await answerConsent(tab, address, { username: newUsername() });
  expect(end.address).toBe(`${spaceOrigin}/account`);
  expect((await claimHandoff(frame, verifier)).status).toBe(404);
  expect(namesOfOurs(tab)).toEqual(["__Host-keepsake-session"]);
});

test("a browser that does not say what it fetches for signs in in the tab alone", async () => {
  const [tab, frame] = [space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  const silent = { origin: fromOurForm.origin, "content-type": fromOurForm["content-type"] };
  const answer = await beginHandoff(tab, challenge, { headers: silent });
  expect(answer.headers.get("location")).toBe(`${spaceOrigin}/login?next=%2Faccount`);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect((await claimHandoff(frame, verifier)).status).toBe(404);
});

test("C04: a thousand guesses find nothing, and the right one is found all the time (what their time tells: npm run bench)", async () => {
  const frame = space.client();
  const { verifier, challenge } = newSecret();
  await beginHandoff(space.client(), challenge);
  for (let round = 0; round < 100; round++) {
    const guesses = await Promise.all(Array.from({ length: 10 }, () => claimHandoff(frame, newSecret().verifier)));
    for (const { status } of guesses) expect([404, 429]).toContain(status);
    expect((await claimHandoff(frame, verifier)).status).toBe(204);
  }
});

test("a claim has to come from our own page and be a verifier", async () => {
  const { verifier, challenge } = newSecret();
  await beginHandoff(space.client(), challenge);
  const frame = space.client();
  expect((await claimHandoff(frame, verifier, { ...fromOurFrame, origin: "https://evil.hf.space" })).status).toBe(403);
  expect((await claimHandoff(frame, verifier, { ...fromOurFrame, "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await claimHandoff(frame, verifier, { ...fromOurFrame, "content-type": "text/plain" })).status).toBe(415);
  for (const odd of ["", "short", `${verifier}x`]) expect((await claimHandoff(frame, odd)).status, odd).toBe(400);
  expect((await frame.request(`${spaceOrigin}/api/handoff`)).status).toBe(405);
  expect((await claimHandoff(frame, verifier)).status).toBe(204);
});

test("C08: a tab that is signed in asks first, and another account may be taken", async () => {
  const tab = space.client();
  const [first, second] = [newUsername(), newUsername()];
  await signInForFrame(tab, newSecret().challenge, first);
  const { verifier, challenge } = newSecret();
  const answer = await beginHandoff(tab, challenge);
  expect(answer.headers.get("location")).toBe(`${spaceOrigin}/embedded?next=%2Faccount`);
  const page = await (await tab.request(`${spaceOrigin}/embedded?next=%2Faccount`, { headers: asTab })).text();
  expect(page).toContain(`Continue as @${first} in the embedded page?`);
  const frame = space.client();
  expect((await claimHandoff(frame, verifier)).status).toBe(204);
  const confirm = (headers: Record<string, string>) =>
    tab.request(`${spaceOrigin}/embedded/continue?next=%2Faccount`, { method: "POST", headers });
  expect((await confirm({ ...fromOurForm, origin: "https://evil.hf.space" })).status).toBe(403);
  expect((await claimHandoff(frame, verifier)).status).toBe(204);
  expect((await confirm(fromOurForm)).headers.get("location")).toBe(`${spaceOrigin}/embedded?next=%2Faccount`);
  expect(await (await claimHandoff(frame, verifier)).json()).toMatchObject({ user: { username: first } });

  const again = newSecret();
  await beginHandoff(tab, again.challenge);
  const { address } = await tab.visit(`${spaceOrigin}/login?prompt=consent&next=%2Faccount`, { headers: asTab });
  await answerConsent(tab, address, { username: second });
  expect(await (await claimHandoff(frame, again.verifier)).json()).toMatchObject({ user: { username: second } });
  expect(await (await me(tab)).json()).toMatchObject({ username: second });
});

test("C11: every cookie has exactly the attributes that it needs, and signing out names them again", async () => {
  const [tab, frame] = [space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  const seen: string[] = [];
  const note = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const name = pair.slice(0, pair.indexOf("=")).replace(/(callbackUrl|nonce|Verifier|state)-[0-9a-z]+$/, "$1-<flow>");
      const plain = attributes.filter((attribute) => !attribute.startsWith("Expires=")).map((text) => text.replace(/=\d{2,}$/, "=<s>"));
      seen.push(
        `${name}; ${plain
          .map((text) => text.toLowerCase())
          .sort()
          .join("; ")}`,
      );
    }
  };
  const started = await beginHandoff(tab, challenge);
  note(started);
  const { address } = await tab.visit(started.headers.get("location") ?? "");
  const sent = await tab.request(address, {
    method: "POST",
    body: new URLSearchParams({ person: "", username: newUsername(), decision: "authorize" }),
  });
  let callback = sent.headers.get("location") ?? "";
  while (!callback.startsWith(spaceOrigin)) callback = new URL((await tab.request(callback)).headers.get("location") ?? "", callback).href;
  note(await tab.request(callback));
  note(await claimHandoff(frame, verifier));
  note(await frame.request(`${spaceOrigin}/logout`, { method: "POST", headers: fromOurForm }));
  const lax = "httponly; path=/; samesite=lax; secure";
  const partitioned = "httponly; max-age=<s>; partitioned; path=/; samesite=none; secure";
  const gone = (name: string) => `${name}; httponly; max-age=0; path=/; samesite=lax; secure`;
  const checks = ["callbackUrl", "nonce", "pkceCodeVerifier", "state"].map((check) => `__Host-keepsake-${check}-<flow>`);
  expect([...new Set(seen)].sort()).toEqual(
    [
      `__Host-keepsake-handoff; httponly; max-age=<s>; path=/; samesite=lax; secure`,
      gone("__Host-keepsake-handoff"),
      `__Host-keepsake-nonce-<flow>; ${lax}`,
      ...["callbackUrl", "pkceCodeVerifier", "state"].map(
        (check) => `__Host-keepsake-${check}-<flow>; httponly; max-age=<s>; path=/; samesite=lax; secure`,
      ),
      ...checks.map(gone),
      gone("__Host-keepsake-restarted"),
      `__Host-keepsake-session; ${lax}`,
      gone("__Host-keepsake-session"),
      `__Host-keepsake-frame; ${partitioned}`,
      `__Host-keepsake-frame; ${partitioned.replace("<s>", "0")}`,
    ].sort(),
  );
  expect((await me(frame)).status).toBe(401);
});

test("C13: coming back to the tab repeats nothing", async () => {
  const [tab, frame] = [space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  const end = await signInForFrame(tab, challenge, newUsername());
  expect((await claimHandoff(frame, verifier)).status).toBe(200);
  // Every step is a redirect, so Back and Reload are GETs of where the tab ended.
  for (let visit = 0; visit < 2; visit++) {
    const page = await tab.request(end.address, { headers: asTab });
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(await page.text()).toContain("You can close this tab.");
  }
  // Even the form sent again begins nothing: its challenge is used.
  const again = await beginHandoff(tab, challenge);
  expect(again.headers.get("location")).toBe(`${spaceOrigin}/login?next=%2Faccount`);
  expect((await claimHandoff(frame, verifier)).status).toBe(410);
});

test("a frame shows the badge where a tab is led to the provider", async () => {
  for (const path of ["/gallery", "/gallery/trash", "/account", "/gallery/0190f5fe-7c00-7a00-8000-000000000000"]) {
    const badge = `${spaceOrigin}/embedded?next=${encodeURIComponent(path)}`;
    const page = await loadInFrame(spaceOrigin + path);
    expect(page.address).toBe(badge);
    expect(page.html, path).toContain(`href="/login?next=${encodeURIComponent(path)}"`);
    // The link followed inside the frame leads back to the badge.
    expect((await loadInFrame(`${spaceOrigin}/login?next=${encodeURIComponent(path)}`)).address).toBe(badge);
    const inTab = await space.client().request(spaceOrigin + path, { headers: asTab });
    expect(new URL(inTab.headers.get("location") ?? "", spaceOrigin).pathname, path).toBe("/login");
  }
});

test("C06: after five minutes the frame is told that it was too late, and a new try works", async () => {
  const [tab, frame] = [space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  await signInForFrame(tab, challenge, newUsername());
  const late = newSecret();
  await beginHandoff(tab, late.challenge);
  space.waitSixMinutes();
  await expect.poll(async () => (await claimHandoff(frame, late.verifier)).status).toBe(410);
  expect(await (await claimHandoff(frame, verifier)).json()).toMatchObject({ error: { code: "handoff_ended", id: null } });
  const fresh = newSecret();
  await signInForFrame(space.client(), fresh.challenge, newUsername());
  expect((await claimHandoff(frame, fresh.verifier)).status).toBe(200);
});

test("A13: an answer that took more than fifteen minutes is not believed; signing in starts again, and works", async () => {
  const tab = space.client();
  const { address } = await tab.visit(`${spaceOrigin}/login?next=/account`, { headers: asTab });
  const state = new URL(address).pathname;
  for (let minutes = 0; minutes < 18; minutes += 6) {
    space.waitSixMinutes();
    // Signals that come at once count as one.
    await delay(200);
  }
  const username = newUsername();
  const late = await answerConsent(tab, address, { username });
  expect(new URL(late.address).pathname, "the consent page, once more").toMatch(/^\/consent\//);
  expect(new URL(late.address).pathname).not.toBe(state);
  expect((await tab.request(`${spaceOrigin}/api/me`)).status).toBe(401);
  await answerConsent(tab, late.address, { username });
  expect((await tab.request(`${spaceOrigin}/api/me`)).status).toBe(200);
});

test("C14: a restart in between is said in both places, and a new try works", async () => {
  const [tab, frame] = [space.client(), space.client()];
  const { verifier, challenge } = newSecret();
  const username = newUsername();
  await signInForFrame(tab, newSecret().challenge, username);
  await beginHandoff(tab, challenge);
  expect((await claimHandoff(frame, verifier)).status).toBe(204);
  await space.restart();
  expect(await (await claimHandoff(frame, verifier)).json()).toMatchObject({ error: { code: "handoff_unknown" } });
  const confirmed = await tab.request(`${spaceOrigin}/embedded/continue?next=%2Faccount`, { method: "POST", headers: fromOurForm });
  const page = await (await tab.request(confirmed.headers.get("location") ?? "", { headers: asTab })).text();
  expect(page).toContain("The embedded page no longer waits for this sign-in.");
  const fresh = newSecret();
  await beginHandoff(tab, fresh.challenge);
  await tab.request(`${spaceOrigin}/embedded/continue?next=%2Faccount`, { method: "POST", headers: fromOurForm });
  expect(await (await claimHandoff(frame, fresh.verifier)).json()).toMatchObject({ user: { username } });
});
