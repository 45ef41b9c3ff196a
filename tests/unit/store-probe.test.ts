import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { probeStore, type StoreProbe } from "@/lib/gallery/store-probe";
import { StorageFailure } from "@/lib/storage/object-store";
import type { Capability } from "@/lib/storage/volume/capability";
import { memoryStore } from "@/tests/support/memory-store";

const refused = new StorageFailure("refused", { cause: Object.assign(new Error("EACCES"), { code: "EACCES" }) });
let probe: StoreProbe | undefined;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  probe?.stop();
  vi.useRealTimers();
});

function begin(capability: () => Promise<Capability>, makeSure = async () => {}) {
  const onProblem = vi.fn();
  probe = probeStore({ ...memoryStore(), capability }, { makeSure, onProblem });
  return { probe, onProblem };
}

it("finds at the start what is in the way, says so once, and notices within a minute that it is gone", async () => {
  const capability = vi
    .fn(async (): Promise<Capability> => "link at once")
    .mockRejectedValueOnce(refused)
    .mockRejectedValueOnce(refused);
  const { probe: probing, onProblem } = begin(capability);
  await vi.advanceTimersByTimeAsync(0);
  expect(probing.problem()).toBe(refused);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probing.problem()).toBe(refused);
  expect(onProblem).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probing.problem()).toBeNull();
  await vi.advanceTimersByTimeAsync(6 * 3_600_000);
  expect(capability).toHaveBeenCalledTimes(4);
});

it("takes a mount that never tells what is durable for a problem", async () => {
  const { probe: probing, onProblem } = begin(async () => "unconfirmed");
  await vi.advanceTimersByTimeAsync(0);
  expect(probing.problem()).toMatchObject({ code: "UNCONFIRMED" });
  expect(onProblem).toHaveBeenCalledOnce();
});

it("writes nothing to a place of which it is not sure", async () => {
  const capability = vi.fn(async (): Promise<Capability> => "link at once");
  const { probe: probing } = begin(capability, () => Promise.reject(refused));
  await vi.advanceTimersByTimeAsync(0);
  expect(probing.problem()).toBe(refused);
  expect(capability).not.toHaveBeenCalled();
});
