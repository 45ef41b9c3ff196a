/**
 * What a session costs: the same address with one and without, in turns too short for the machine's other work to favour either.
 * What is compared is the page whose content is the same for everybody; only its header has a menu instead of the badge. The start
 * page, which also leads on differently, is shown beside it.
 */
import "../support/import-from-root.ts";
import { Agent } from "node:http";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";
import { atOnce, rate } from "./rate.ts";

const turns = 41;

const sessionName = "keepsake-session";

export const measure: Measurement = async ({ origin }): Promise<Figure[]> => {
  const person = await signInByHttp(origin, "bench");
  const cookie = person
    .cookies()
    .filter(({ name }) => name === sessionName)
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  const page = await compared(`${origin}/organization`, cookie);
  const start = await compared(`${origin}/`, cookie);
  const me = await compared(`${origin}/api/me`, cookie);
  const { sessionReaders } = await import("../support/session-readers.ts");
  const readers = await sessionReaders();
  const plain = await readsPerSecond(readers.plain);
  const ours = await readsPerSecond(readers.ours);
  return [
    { name: "a page with a session, beside without", value: page.share, unit: "%", least: 90, peer: page.rates },
    { name: "the start page with a session, beside without", value: start.share, unit: "%", peer: start.rates },
    { name: "/api/me signed in, beside its refusal", value: me.share, unit: "%", peer: me.rates },
    { name: "a session read by plain auth(), no server", value: plain, unit: "req/s" },
    { name: "the same session read by ours", value: ours, unit: "req/s", least: plain },
  ];
};

type Comparison = { /** Of the rate without a session, in per cent: the median over all turns. */ share: number; rates: string };

async function compared(address: string, cookie: string): Promise<Comparison> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const [without, having, shares]: [number[], number[], number[]] = [[], [], []];
  for (let turn = -4; turn < turns; turn++) {
    const measured = { without: 0, having: 0 };
    // Whoever begins changes, too.
    const order = turn % 2 === 0 ? (["without", "having"] as const) : (["having", "without"] as const);
    for (const side of order) measured[side] = await rate(address, { agent, headers: side === "having" ? { cookie } : {} });
    if (turn < 0) continue;
    without.push(measured.without);
    having.push(measured.having);
    shares.push((100 * measured.having) / measured.without);
  }
  agent.destroy();
  const median = (values: number[]) => percentile(values, 0.5);
  return { share: median(shares), rates: `${median(having).toFixed(0)} and ${median(without).toFixed(0)} req/s` };
}

async function readsPerSecond(read: () => Promise<unknown>): Promise<number> {
  for (let times = 0; times < 200; times++) if (!(await read())) throw new Error("the session was not read");
  const started = performance.now();
  let times = 0;
  for (; performance.now() - started < 1500; times++) await read();
  return times / ((performance.now() - started) / 1000);
}
