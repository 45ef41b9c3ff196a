/** What a session costs: requests per second with one and without, beside opening the cookie at every read as plain `auth()` does. */
import { setTimeout as delay } from "node:timers/promises";
import { decode, encode } from "next-auth/jwt";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import type { Figure, Measurement } from "./figure.ts";

const roundMs = 1500;
const rounds = 3;
const atOnce = 8;

export const measure: Measurement = async ({ origin }): Promise<Figure[]> => {
  const person = await signInByHttp(origin, "bench");
  const cookie = person
    .cookies()
    .filter(({ name }) => name === "keepsake-session")
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  const [page, signedInPage] = await compared(`${origin}/`, cookie);
  const [nobody, me] = await compared(`${origin}/api/me`, cookie);
  const account = await throughput(`${origin}/account`, cookie);
  const opening = await openingsPerSecond();
  const share = `${((100 * signedInPage) / page).toFixed(0)} % of the page without`;
  return [
    { name: "the start page without a session", value: page, unit: "req/s" },
    { name: "the same page with a session", value: signedInPage, unit: "req/s", least: 0.9 * page, peer: share },
    { name: "/account", value: account, unit: "req/s" },
    { name: "/api/me, signed in", value: me, unit: "req/s", peer: `signed out ${nobody.toFixed(0)} req/s` },
    { name: "plain auth() alone: open and seal one cookie", value: opening, unit: "req/s", peer: "what ours saves at every read" },
  ];
};

/** Requests per second without and with the cookie, in turns, so that both see the same weather. */
async function compared(address: string, cookie: string): Promise<[without: number, having: number]> {
  await throughput(address, cookie);
  const sums: [number, number] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    sums[0] += await throughput(address);
    sums[1] += await throughput(address, cookie);
  }
  return [sums[0] / rounds, sums[1] / rounds];
}

async function throughput(address: string, cookie?: string): Promise<number> {
  const end = performance.now() + roundMs;
  const started = performance.now();
  let answered = 0;
  const worker = async () => {
    while (performance.now() < end) {
      const response = await fetch(address, { headers: cookie ? { cookie } : {}, redirect: "manual" });
      await response.arrayBuffer();
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answered / ((performance.now() - started) / 1000);
}

/** next-auth's `auth()` opens the cookie and seals it anew at every read; nothing else of it is counted. */
async function openingsPerSecond(): Promise<number> {
  const settings = { secret: "s".repeat(43), salt: "keepsake-session" };
  const token = {
    sub: "a".repeat(24),
    accessToken: `hf_oauth_${"x".repeat(600)}`,
    orgs: Array.from({ length: 5 }, (_, n) => [`org-${n}`]),
  };
  const sealed = await encode({ ...settings, token });
  await delay(100);
  const started = performance.now();
  let times = 0;
  while (performance.now() - started < roundMs) {
    const opened = await decode({ ...settings, token: sealed });
    await encode({ ...settings, token: opened ?? {} });
    times += 1;
  }
  return times / ((performance.now() - started) / 1000);
}
