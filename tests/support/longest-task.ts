/** What a page costs by itself: the time that its tasks spend on the processor, whatever else the machine does meanwhile. */
import type { Browser, Page } from "@playwright/test";

type TraceEvent = { name: string; ph: string; pid: number; tid: number; dur?: number; tdur?: number; args?: { name?: string } };

/** The longest task on the main thread of any page while something is done, in ms of processor time; and what that gives. */
export async function longestTask<Result>(browser: Browser, page: Page, act: () => Promise<Result>): Promise<[number, Result]> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  const result = await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const named = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  const main = new Set(named.map(thread));
  const times = traceEvents.filter((event) => event.ph === "X" && main.has(thread(event))).map(({ tdur = 0 }) => tdur / 1000);
  if (times.length === 0) throw new Error("the trace has no task of a page");
  return [times.reduce((longest, time) => Math.max(longest, time), 0), result];
}
