import { setTimeout as delay } from "node:timers/promises";
import { beforeEach, expect, test, vi } from "vitest";
import { acceptedJobs, keepAccepted } from "@/lib/gallery/accepted-jobs";
import { listGenerations } from "@/lib/gallery/gallery";
import { findJob, listJobs, startJob, stopAllJobs, stopJob, watchJob } from "@/lib/gallery/jobs";
import type { MakingEvent } from "@/lib/gallery/making";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { resumeJob, resumeJobs } from "@/lib/gallery/resumed-jobs";
import type { MakingOptions } from "@/lib/generators/generator";
import { describeFailure, Failure } from "@/lib/http/errors";
import { generateWith, install, makeTinyImage, restart } from "@/tests/support/installation";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));

beforeEach(async () => {
  Reflect.deleteProperty(globalThis, Symbol.for("keepsake.making-jobs"));
  await install();
});

const request = generationRequestSchema.parse({ prompt: "a job" });
const describe = (failure: Failure) => ({ code: failure.code, message: describeFailure(failure.code).message, id: null });
const never = new AbortController().signal;

/** A generator that goes on when it is told to. */
function inHand() {
  const go = Promise.withResolvers<void>();
  const seen: { options?: MakingOptions } = {};
  generateWith(async (wanted, options) => {
    seen.options = options;
    options.onProgress({ type: "queued", position: 2 });
    options.onProgress({ type: "running", usualSeconds: 7 });
    const stopped = Promise.withResolvers<never>();
    options.signal.addEventListener("abort", () => stopped.reject(options.signal.reason));
    await Promise.race([go.promise, stopped.promise]);
    return makeTinyImage(wanted, options);
  });
  return { go, seen };
}

async function begun(owner = "ada") {
  const job = startJob(owner, request, { describe });
  job.result.catch(() => undefined);
  await expect.poll(() => listJobs(owner).length).toBeGreaterThan(0);
  return job;
}

test("a job goes on when nobody watches, and who comes later is told where it is", async () => {
  const { go } = inHand();
  const job = await begun();
  const gone = new AbortController();
  const first: MakingEvent[] = [];
  const watching = watchJob(job, (event) => first.push(event), gone.signal);
  gone.abort();
  await watching;
  expect(first.map(({ type }) => type)).toEqual(["started", "running"]);

  const later: MakingEvent[] = [];
  const listening = watchJob(findJob("ada", job.id), (event) => later.push(event), never);
  go.resolve();
  await listening;
  expect(later.map(({ type }) => type)).toEqual(["started", "running", "stored", "saved"]);
  expect((await listGenerations("ada")).total).toBe(1);
  expect(listJobs("ada")).toEqual([]);
});

test("it belongs to its owner alone", async () => {
  inHand();
  const job = await begun();
  expect(listJobs("grace")).toEqual([]);
  expect(() => findJob("grace", job.id)).toThrow(expect.objectContaining({ code: "not_found" }));
  expect(findJob("ada", job.id)).toBe(job);
});

test("stopping it stops the work, and nothing is kept", async () => {
  const { seen } = inHand();
  const job = await begun();
  stopJob(job);
  await expect(job.result).rejects.toMatchObject({ code: "generation_cancelled" });
  expect(seen.options?.signal.aborted).toBe(true);
  expect(listJobs("ada")).toEqual([]);
  expect((await listGenerations("ada")).total).toBe(0);
  // Its place in the line is free again.
  await Promise.all(Array.from({ length: 4 }, () => begun()));
  stopAllJobs("ada");
  expect(listJobs("ada")).toEqual([]);
});

test("one that failed stays until it is taken away; one that was refused at once does not", async () => {
  generateWith(async () => {
    throw new Failure("credits_used_up");
  });
  const job = await begun();
  const events: MakingEvent[] = [];
  await job.result.catch(() => undefined);
  await delay(0);
  await watchJob(job, (event) => events.push(event), never);
  expect(events.at(-1)).toMatchObject({ type: "failed", error: { code: "credits_used_up" } });
  expect(listJobs("ada")[0]?.request).toMatchObject({ prompt: "a job", seed: expect.any(Number) });
  expect(stopJob(job)).toEqual({ mayBeBilled: false });
  expect(listJobs("ada")).toEqual([]);

  inHand();
  await Promise.all(Array.from({ length: 4 }, () => begun()));
  await expect(startJob("ada", request, { describe }).result).rejects.toMatchObject({ code: "too_many_waiting" });
  expect(listJobs("ada")).toHaveLength(4);
});

test("the token reaches the generator and nothing that is told or listed", async () => {
  const { seen } = inHand();
  const job = startJob("ada", { ...request, billTo: "society" }, { describe, token: "hf_oauth_secret" });
  job.result.catch(() => undefined);
  await expect.poll(() => seen.options).toBeDefined();
  expect(seen.options?.account).toEqual({ token: "hf_oauth_secret", billTo: "society" });
  expect(JSON.stringify([...job.told.values(), listJobs("ada")])).not.toContain("hf_");
  stopJob(job);
});

test("what a service has accepted is picked up after a restart, by whoever it belongs to, once, and with the same seed", async () => {
  const { seen } = inHand();
  const job = startJob("ada", { ...request, billTo: "society" }, { describe, token: "hf_before" });
  job.result.catch(() => undefined);
  await expect.poll(() => seen.options).toBeDefined();
  seen.options?.onAccepted?.("ticket 1");
  expect(JSON.stringify(acceptedJobs("ada"))).not.toContain("hf_");

  // A new process: nobody stopped anything, and nobody knows of it.
  restart();
  Reflect.deleteProperty(globalThis, Symbol.for("keepsake.making-jobs"));
  const second = inHand();
  expect(listJobs("ada")).toEqual([]);
  await resumeJobs("grace", { describe, tokenFor: async () => "hf_grace" });
  const refuse = () => Promise.reject(new Failure("scope_missing"));
  await resumeJobs("ada", { describe, tokenFor: refuse });
  expect([listJobs("ada"), listJobs("grace")]).toEqual([[], []]);

  const asking = { describe, tokenFor: async () => "hf_after" };
  await Promise.all([resumeJobs("ada", asking), resumeJobs("ada", asking)]);
  await expect.poll(() => second.seen.options).toBeDefined();
  expect(second.seen.options).toMatchObject({ ticket: "ticket 1", account: { token: "hf_after", billTo: "society" } });
  expect(listJobs("ada").map(({ id }) => id)).toEqual([job.id]);
  second.go.resolve();
  const item = await findJob("ada", job.id).result;
  expect(item.seed).toBe(job.request.seed);
  await expect.poll(() => acceptedJobs("ada")).toEqual([]);
  expect((await listGenerations("ada")).total).toBe(1);
});

test("what was accepted and could not be fetched is looked for again when its owner says so, and not asked for anew", async () => {
  const tickets: (string | undefined)[] = [];
  generateWith(async (wanted, options) => {
    tickets.push(options.ticket);
    if (tickets.length > 1) return makeTinyImage(wanted, options);
    options.onAccepted?.("ticket 1");
    throw new Failure("model_down");
  });
  const job = startJob("ada", request, { describe, token: "hf_x" });
  await expect(job.result).rejects.toMatchObject({ code: "model_down" });
  await expect.poll(() => job.isFinished).toBe(true);
  expect(job.told.get("state")).toMatchObject({ type: "failed", error: { code: "model_down", resumable: true } });
  const asking = { describe, tokenFor: async () => "hf_after" };
  await expect(resumeJob("grace", job.id, asking)).rejects.toMatchObject({ code: "not_found" });
  const again = await resumeJob("ada", job.id, asking);
  expect(await again.result).toMatchObject({ prompt: "a job", seed: job.request.seed });
  expect(tickets).toEqual([undefined, "ticket 1"]);
  await expect.poll(() => acceptedJobs("ada")).toEqual([]);
  await expect(resumeJob("ada", job.id, asking)).rejects.toMatchObject({ code: "not_found" });
});

test("what was stopped, or erased with its account, is not picked up", async () => {
  const { seen } = inHand();
  const job = startJob("ada", request, { describe, token: "hf_x" });
  job.result.catch(() => undefined);
  await expect.poll(() => seen.options).toBeDefined();
  seen.options?.onAccepted?.("ticket 1");
  expect(acceptedJobs("ada")).toHaveLength(1);
  stopJob(job);
  expect(acceptedJobs("ada")).toEqual([]);

  // Whoever waits without watching stops it by leaving: nothing but the signal tells.
  const left = startJob("ada", request, { describe, token: "hf_x" });
  await expect.poll(() => seen.options?.signal).toBe(left.controller.signal);
  seen.options?.onAccepted?.("ticket 2");
  expect(acceptedJobs("ada")).toHaveLength(1);
  left.controller.abort();
  await expect(left.result).rejects.toMatchObject({ code: "generation_cancelled" });
  await expect.poll(() => acceptedJobs("ada")).toEqual([]);
});

test("what was accepted by a generator that cannot be used now is left for later, and the list comes all the same", async () => {
  keepAccepted("ada", { id: "7", request, ticket: "ticket 1" });
  const asking = { describe, tokenFor: async () => "hf_after" };
  generateWith(null);
  await resumeJobs("ada", asking);
  expect(listJobs("ada")).toEqual([]);
  expect(acceptedJobs("ada")).toHaveLength(1);
  inHand();
  await resumeJobs("ada", asking);
  expect(listJobs("ada").map(({ id }) => id)).toEqual(["7"]);
});
