import { makePicture, newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

type Refusal = { error: { code: string; message: string; id: string | null } };

const refusals: [name: string, body: unknown, status: number, code: string][] = [
  ["no prompt", {}, 400, "prompt_missing"],
  ["an empty prompt", { prompt: "" }, 400, "prompt_missing"],
  ["a prompt of spaces", { prompt: " \n\t " }, 400, "prompt_missing"],
  ["a prompt that is no text", { prompt: 42 }, 400, "prompt_missing"],
  ["10,000 characters", { prompt: "a".repeat(10_000) }, 400, "prompt_too_long"],
  ["control characters", { prompt: "a\u0000b" }, 400, "prompt_unreadable"],
  ["an escape sequence", { prompt: "\u001b[31mred" }, 400, "prompt_unreadable"],
  ["half a character", { prompt: "\ud800" }, 400, "prompt_unreadable"],
  ["an impossible width", { prompt: "a", width: -1, height: 1024 }, 400, "size_unavailable"],
  ["an enormous size", { prompt: "a", width: 100_000, height: 100_000 }, 400, "size_unavailable"],
  ["a width in words", { prompt: "a", width: "wide" }, 400, "size_unavailable"],
  ["half a pixel", { prompt: "a", width: 1024.5, height: 1024 }, 400, "size_unavailable"],
  ["a negative seed", { prompt: "a", seed: -1 }, 400, "seed_out_of_range"],
  ["a seed beyond the last", { prompt: "a", seed: 4_294_967_296 }, 400, "seed_out_of_range"],
  ["a seed in words", { prompt: "a", seed: "lucky" }, 400, "seed_out_of_range"],
  ["an engine that is not here", { prompt: "a", generator: "gradio-space" }, 503, "generator_unavailable"],
  ["an unknown engine", { prompt: "a", generator: "../embedded" }, 400, "request_malformed"],
  ["somebody else as owner", { prompt: "a", owner: "ada" }, 400, "request_malformed"],
  ["a list", [], 400, "request_malformed"],
  ["nothing", null, 400, "request_malformed"],
];

test("what cannot be made is refused with a sentence, and nothing is kept", async ({ app }) => {
  const person = await signInByHttp(app, newUsername());
  const send = (body: string, headers: Record<string, string> = {}) =>
    person.request(`${app}/api/generations`, {
      method: "POST",
      body,
      headers: { origin: app, "content-type": "application/json", ...headers },
    });
  for (const [name, body, status, code] of refusals) {
    for (const accept of ["application/json", "text/event-stream"]) {
      const response = await send(JSON.stringify(body), { accept });
      const text = await response.text();
      expect(response.status, name).toBe(status);
      const { error } = JSON.parse(text) as Refusal;
      expect(error.code, name).toBe(code);
      expect(error.message, name).toMatch(/^[A-Z].*[.?]$/);
    }
  }
  const malformed: [string, Record<string, string>, number][] = [
    ["{", {}, 400],
    ['{"prompt":', {}, 400],
    ["\u0000", {}, 400],
    [JSON.stringify({ prompt: "a".repeat(70_000) }), {}, 413],
    ["prompt=a", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ['{"prompt":"a"}', { "content-type": "text/plain" }, 415],
    ['{"prompt":"a"}', { origin: "https://evil.example" }, 403],
    ['{"prompt":"a"}', { origin: "null" }, 403],
    ['{"prompt":"a"}', { "sec-fetch-site": "cross-site" }, 403],
  ];
  for (const [body, headers, status] of malformed) {
    const response = await send(body, headers);
    expect(response.status, `${body.slice(0, 20)} ${JSON.stringify(headers)}`).toBe(status);
    expect(await response.text()).not.toMatch(/node_modules|\bat .*:\d+:\d+|\/app\//);
  }
  expect(await (await person.request(`${app}/api/generations`)).json()).toMatchObject({ total: 0 });
});

test("text that looks like markup or runs the other way is kept exactly", async ({ app, page, signIn }) => {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const prompts = [
    '<img src=x onerror=alert(1)> "quotes" & </script>',
    "غروب الشمس فوق البحر الهادئ",
    "emoji 🌊🌙 and $L1 $undefined __proto__",
    "\u202eright to left override",
  ];
  const ids: string[] = [];
  for (const prompt of prompts) {
    const item = await makePicture(person, app, { prompt });
    expect(item.prompt).toBe(prompt);
    ids.push(item.id);
  }
  await signIn(page, username);
  for (const [index, id] of ids.entries()) {
    await page.goto(`${app}/gallery/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(prompts[index] ?? "");
  }
});

test("ids from outside never lead anywhere", async ({ app }) => {
  const person = await signInByHttp(app, newUsername());
  const { id } = await makePicture(person, app);
  const ids = [
    id.toUpperCase(),
    `${id}.json`,
    `${id}%00`,
    "..%2f..%2fetc%2fpasswd",
    "..%5c..%5cetc",
    "%252e%252e%252f",
    `${id}%2F..%2F${id}`,
    "%e0%a4%a",
    "-1",
    "a".repeat(6000),
    "__proto__",
    "٣",
  ];
  for (const odd of ids) {
    for (const path of [`/api/generations/${odd}`, `/api/generations/${odd}/image`, `/gallery/${odd}`]) {
      const response = await person.request(app + path);
      expect([400, 404], `${path.slice(0, 80)} answered ${response.status}`).toContain(response.status);
      expect(await response.text()).not.toMatch(/node_modules|ENOENT|\bat .*:\d+:\d+/);
    }
  }
  for (const query of [
    "cursor=x",
    "cursor=%00",
    `cursor=${"a".repeat(3000)}`,
    "limit=0",
    "limit=-1",
    "limit=1e9",
    "limit=many",
    "trashed=maybe",
  ]) {
    expect((await person.request(`${app}/api/generations?${query}`)).status, query).toBe(400);
  }
});

test("damaged cookies sign one out, and break nothing", async ({ app }) => {
  const person = await signInByHttp(app, newUsername());
  const session = person.cookies().find(({ name }) => name.includes("keepsake-session"));
  if (!session) throw new Error("signing in set no session cookie");
  const values = [
    "x",
    `${session.value}x`,
    session.value.slice(0, -10),
    session.value.split(".").reverse().join("."),
    "%%%",
    "a".repeat(8000),
    "__proto__",
    '"',
  ];
  for (const value of values) {
    const headers = { cookie: `${session.name}=${value}` };
    const me = await fetch(`${app}/api/me`, { headers });
    expect(me.status, value.slice(0, 20)).toBe(401);
    expect((await fetch(`${app}/`, { headers })).status, value.slice(0, 20)).toBe(200);
    expect((await fetch(`${app}/gallery`, { headers, redirect: "manual" })).status, value.slice(0, 20)).toBe(307);
  }
});

test("titles and marks that make no sense are refused", async ({ app }) => {
  const person = await signInByHttp(app, newUsername());
  const { id } = await makePicture(person, app);
  const patch = (body: unknown) => sendJson(person, "PATCH", `${app}/api/generations/${id}`, body);
  for (const body of [
    {},
    { favorite: "yes" },
    { title: "a".repeat(10_000) },
    { title: "\u0007" },
    { prompt: "other" },
    { owner: "eve" },
    { id: "x" },
  ]) {
    expect((await patch(body)).status, JSON.stringify(body).slice(0, 60)).toBe(400);
  }
  const erase = await person.request(`${app}/api/generations/${id}?permanent=true`, { method: "DELETE", headers: { origin: app } });
  expect(erase.status).toBe(409);
  expect(await (await person.request(`${app}/api/generations/${id}`)).json()).toMatchObject({ id, title: null, favorite: false });
});
