import { type IncomingMessage, request } from "node:http";
import { createHttpClient } from "../support/http-client.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { addressOf, type Method, methods, type Route, routes } from "../support/routes.ts";
import { answerConsent, signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";
import { withServer } from "../support/with-server.ts";

type Headers = Record<string, string>;

const permissions = [
  ...["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "local-fonts", "magnetometer"],
  ...["microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"],
  "browsing-topics",
]
  .map((feature) => `${feature}=()`)
  .join(", ");

/** @param formTargets where forms may lead besides the host that was asked: the canonical origin, then the provider */
const policy = (formTargets: string) =>
  [
    "default-src 'none'; script-src 'nonce-N' 'strict-dynamic'; style-src 'self' 'nonce-N'; img-src 'self' blob: data:; font-src 'self'",
    "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'",
    `form-action 'self' ${formTargets}; frame-ancestors 'self' https://huggingface.co`,
  ].join("; ");

const everywhere: Headers = { "x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin" };
const hidden: Headers = { "x-robots-tag": "noindex" };
const json: Headers = { ...everywhere, ...hidden, "cache-control": "private, no-store", "content-type": "application/json; charset=utf-8" };
const hop: Headers = { ...everywhere, ...hidden, "cache-control": "no-store", "referrer-policy": "no-referrer" };
const document = (formTargets: string): Headers => ({
  ...everywhere,
  "content-security-policy": policy(formTargets),
  "permissions-policy": `${permissions}, clipboard-write=(self), fullscreen=(self)`,
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "private, no-store",
  "content-type": "text/html; charset=utf-8",
});
const image: Headers = {
  ...everywhere,
  ...hidden,
  "cache-control": "private, no-cache",
  vary: "Cookie, Authorization",
  "content-security-policy": "default-src 'none'; sandbox",
  "accept-ranges": "bytes",
};

/** What differs from answer to answer, or belongs to the connection. */
const volatile =
  /^(?:date|connection|keep-alive|transfer-encoding|content-(?:length|encoding|disposition)|etag|last-modified|location|refresh|set-cookie|x-request-id|x-nextjs-cache|link|allow|retry-after)$/;
/** Next.js talks to its own script in pages and asks caches to tell the two apart. */
const ofNext = /^(?:rsc|next-.*|accept-encoding)$/i;

function headersOf(response: Response): Headers {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !volatile.test(name)));
  const { vary = "", "content-security-policy": csp, ...rest } = headers;
  const varies = vary.split(", ").filter((name) => name && !ofNext.test(name));
  return {
    ...rest,
    ...(varies.length > 0 && { vary: varies.join(", ") }),
    ...(csp && { "content-security-policy": csp.replace(/'nonce-[A-Za-z0-9+/]{22}=='/g, "'nonce-N'") }),
  };
}

const isRead = (method: Method) => method === "GET" || method === "HEAD";

/** What an address answers when it is asked from another site: reads as always, state changes not at all. */
function expectedStatus({ methods: known, signedOut, signedIn }: Route, method: Method, isSignedIn: boolean): number {
  if (isRead(method)) return isSignedIn ? signedIn : signedOut;
  return known.includes(method) ? 403 : 405;
}

function expectedHeaders(address: string, method: Method, { kind }: Route, status: number, formTargets: string): Headers {
  const page = document(formTargets);
  const problem = { ...page, ...hidden, "referrer-policy": "no-referrer" };
  const isApi = address.startsWith("/api/");
  if (status === 405) return isApi ? json : problem;
  // Sent by a form, whose answer a person sees.
  if (address === "/api/export" && method === "POST") return problem;
  if (kind === "page") return address === "/" ? page : { ...page, ...hidden };
  if (kind === "hop") return status === 303 ? hop : problem;
  if (kind === "json" || status >= 400) return json;
  if (address === "/api/export") return { ...json, "content-type": "application/zip" };
  return { ...image, "content-type": address === "/api/me/avatar" ? "image/webp" : "image/png" };
}

/** RFC 9110, 15.5.6: what cannot be done is answered with what can. */
function expectedAllow({ methods: known }: Route): string {
  return [...(known.includes("GET") ? ["GET", "HEAD"] : []), ...known.filter((method) => method !== "GET")].join(", ");
}

test("every route answers every method, to everyone, with exactly these headers", async ({ app }) => {
  const person = createHttpClient(app);
  const { address: consent } = await person.visit(`${app}/login?next=/gallery`);
  const formTargets = `${app} ${new URL(consent).origin}`;
  await answerConsent(person, consent, { username: newUsername() });
  const { id } = await makePicture(person, app);
  for (const [pattern, route] of Object.entries(routes)) {
    for (const method of methods) {
      for (const client of [createHttpClient(app), person]) {
        const address = addressOf(pattern, id);
        const response = await client.request(app + address, { method, headers: { origin: "https://evil.example" } });
        await response.arrayBuffer();
        const name = `${method} ${pattern} ${client === person ? "signed in" : "signed out"}`;
        expect(response.status, name).toBe(expectedStatus(route, method, client === person));
        const headers = headersOf(response);
        expect(headers, name).toEqual(expectedHeaders(pattern, method, route, response.status, formTargets));
        expect(response.headers.get("allow"), name).toBe(response.status === 405 ? expectedAllow(route) : null);
        const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
        expect(isPage && !headers["content-security-policy"], name).toBe(false);
      }
    }
  }
});

test("errors and files answer with exactly these headers", async ({ app }) => {
  const person = await signInByHttp(app, newUsername());
  const page = document(formTargetsOf(await fetch(app)));
  const problem = { ...page, ...hidden, "referrer-policy": "no-referrer" };
  const notFound = { ...page, ...hidden, "cache-control": "private, no-cache, no-store, max-age=0, must-revalidate" };
  const chunk = /\/_next\/static\/[^"\\]+\.js/.exec(await (await fetch(app)).text())?.[0] ?? "";
  const send = (body: string, type = "application/json"): RequestInit => ({
    method: "POST",
    body,
    headers: { origin: app, "content-type": type },
  });
  const file = (type: string, cache = "public, max-age=0"): Headers => ({ ...everywhere, "content-type": type, "cache-control": cache });
  const answers: [path: string, init: RequestInit, status: number, headers: Headers][] = [
    ["/nowhere", {}, 404, notFound],
    ["/login/nowhere", {}, 404, notFound],
    ["/auth/nowhere", {}, 404, notFound],
    // Beside files of ours.
    ["/badges/x", {}, 404, notFound],
    ["/wall/x", {}, 404, notFound],
    ["/icons/x", {}, 404, notFound],
    ["/gallery/nothing", {}, 404, { ...page, ...hidden }],
    ["/%E0%A4%A", {}, 404, problem],
    ["/api/%E0%A4%A", {}, 404, json],
    ["/api/nowhere", {}, 404, json],
    ["/api/generations/nothing/here", { method: "DELETE" }, 404, json],
    ["/nowhere", { method: "POST" }, 405, problem],
    ["/favicon.ico", { method: "POST" }, 405, json],
    ["/gallery/", {}, 308, everywhere],
    ["/login//callback", {}, 308, everywhere],
    ["/api/generations/nothing", {}, 404, json],
    ["/api/generations?limit=0", {}, 400, json],
    ["/api/generations", send("{"), 400, json],
    ["/api/generations", send("a=b", "text/plain"), 415, json],
    ["/api/generations", send(JSON.stringify({ prompt: "a".repeat(70_000) })), 413, json],
    ["/auth/callback?code=a&code=b", {}, 400, problem],
    [chunk, {}, 200, { ...file("application/javascript; charset=UTF-8", "public, max-age=31536000, immutable"), "accept-ranges": "bytes" }],
    ["/icon.svg", {}, 200, file("image/svg+xml", "public, max-age=0, must-revalidate")],
    ["/favicon.ico", {}, 200, { ...file("image/x-icon"), "accept-ranges": "bytes" }],
    ["/wall/01.webp", {}, 200, { ...file("image/webp"), "accept-ranges": "bytes" }],
    ["/badges/sign-in-with-huggingface-lg.svg", {}, 200, { ...file("image/svg+xml"), "accept-ranges": "bytes" }],
  ];
  for (const [path, init, status, headers] of answers) {
    const response = await person.request(app + path, init);
    await response.arrayBuffer();
    expect(response.status, path).toBe(status);
    expect(headersOf(response), path).toEqual(headers);
  }
});

test("methods and targets that a browser cannot send are refused like any other", async ({ app }) => {
  const asked: [method: string, target: string, status: number, allow: string | undefined][] = [
    ["TRACE", "/", 405, "GET, HEAD"],
    ["TRACE", "/api/generations", 405, "GET, HEAD, POST, DELETE"],
    ["PROPFIND", "/gallery", 405, "GET, HEAD"],
    ["PROPFIND", "/api/me", 405, "GET, HEAD"],
    ["OPTIONS", "*", 405, "GET, HEAD"],
    ["GET", "https://elsewhere.example/api/nowhere", 404, undefined],
  ];
  for (const [method, target, status, allow] of asked) {
    const { statusCode, headers } = await sendRaw(app, method, target);
    expect(statusCode, `${method} ${target}`).toBe(status);
    expect(headers.allow, `${method} ${target}`).toBe(allow);
    expect(headers, `${method} ${target}`).toMatchObject(everywhere);
  }
});

test("a browser finds nothing to complain about in the headers", async ({ page, app }) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(app);
  await page
    .getByRole("link", { name: /Sign in/ })
    .first()
    .waitFor();
  expect(said).toEqual([]);
});

test("too much at once is answered with when to come back", async ({ app }) => {
  const headers = { "x-forwarded-for": "203.0.113.7" };
  let response = await fetch(`${app}/login`, { headers, redirect: "manual" });
  for (let times = 0; times < 40 && response.status === 303; times++)
    response = await fetch(`${app}/login`, { headers, redirect: "manual" });
  expect(response.status).toBe(429);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(response.headers.get("retry-after"))).toBeLessThan(10);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(await response.text()).toContain("That was too much at once.");
  expect((await fetch(`${app}/login`, { headers: { "x-forwarded-for": "203.0.113.8" }, redirect: "manual" })).status).toBe(303);
});

test("over https, every answer says so for a year, and pages upgrade what they load", async () => {
  await withServer({ environment: { APP_URL: "https://keepsake.example" } }, async ({ origin }) => {
    const files = ["/favicon.ico", "/wall/01.webp", "/nowhere", "/api/nowhere", "/%E0%A4%A", "/gallery/"];
    for (const address of [...Object.keys(routes).map((pattern) => addressOf(pattern, "nothing")), ...files]) {
      const response = await fetch(origin + address, { redirect: "manual" });
      expect(response.headers.get("strict-transport-security"), address).toBe("max-age=31536000; includeSubDomains");
      const csp = response.headers.get("content-security-policy");
      if (csp) expect(csp, address).toMatch(/; upgrade-insecure-requests$/);
    }
  });
});

/** `fetch` refuses some methods, and writes the target itself. */
function sendRaw(app: string, method: string, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ port: new URL(app).port, host: "localhost", method, path }, (answer) => resolve(answer.resume()))
      .on("error", reject)
      .end();
  });
}

/** Where a page's policy lets forms lead. */
function formTargetsOf(response: Response): string {
  return /form-action 'self' ([^;]+);/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "";
}
