/** When sweeps come: soon after they are asked for, never put off, and again until nothing is left. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Removal } from "@/lib/gallery/leftovers";
import { planSweeps } from "@/lib/gallery/sweep-plan";

const hour = 3600;
const nothing: Removal = { removed: 0, left: 0 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin(outcome: () => Promise<Removal>) {
  const sweep = vi.fn(outcome);
  const sweepsAfter = async (seconds: number) => {
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    return sweep.mock.calls.length;
  };
  return { ...planSweeps(sweep), sweepsAfter };
}

describe("the next sweep", () => {
  it("is not put off by more work, for which another follows", async () => {
    const { soon, sweepsAfter } = begin(async () => nothing);
    soon();
    for (let n = 0; n < 3; n += 1) {
      expect(await sweepsAfter(29)).toBe(0);
      soon();
    }
    expect(await sweepsAfter(3)).toBe(1);
    expect(await sweepsAfter(86)).toBe(1);
    expect(await sweepsAfter(1)).toBe(2);
    expect(await sweepsAfter(6 * hour - 1)).toBe(2);
    expect(await sweepsAfter(1)).toBe(3);
  });

  it("comes soon while there is something to remove", async () => {
    const outcomes = [
      { removed: 3, left: 1 },
      { removed: 1, left: 0 },
    ];
    const { soon, sweepsAfter } = begin(async () => outcomes.shift() ?? nothing);
    soon();
    expect([await sweepsAfter(90), await sweepsAfter(90), await sweepsAfter(90), await sweepsAfter(90)]).toEqual([1, 2, 3, 3]);
  });

  it.each<[string, () => Promise<Removal>]>([
    ["failed", () => Promise.reject(new Error("EIO"))],
    ["could remove nothing", async () => ({ removed: 0, left: 2 })],
  ])("comes soon after one that %s, and ever more rarely while that goes on", async (_, outcome) => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { soon, sweepsAfter } = begin(outcome);
    soon();
    for (const [n, seconds] of [90, 90, 180, 360, 720].entries()) {
      expect(await sweepsAfter(seconds - 1)).toBe(n);
      expect(await sweepsAfter(1)).toBe(n + 1);
    }
    for (let n = 0; n < 8; n += 1) await sweepsAfter(6 * hour);
    const before = await sweepsAfter(0);
    expect(await sweepsAfter(12 * hour)).toBe(before + 2);
  });

  it("comes with the reason in the log why the one before failed", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const why = new TypeError("nobody expected this");
    const { soon, sweepsAfter } = begin(() => Promise.reject(why));
    soon();
    await sweepsAfter(90);
    expect(warn.mock.calls).toEqual([[expect.stringContaining("will be tried again"), why]]);
  });
});
