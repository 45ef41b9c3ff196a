import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it } from "vitest";
import { Failure } from "@/lib/http/errors";
import { addressOf, limited, spend } from "@/lib/http/rate-limit";

const start = Date.UTC(2026, 0, 1);

/** How many of `attempts` at the same moment go through. */
function through(what: Parameters<typeof spend>[0], caller: string | null, attempts: number, at = start): number {
  let count = 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      spend(what, caller, at);
      count++;
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
    }
  }
  return count;
}

beforeEach(() => {
  for (const name of ["rate-limits", "under-way"]) Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${name}`));
});

describe("an allowance", () => {
  it("lets so many through at once, then one by one as time goes by", () => {
    expect(through("startSignIn", "a", 100)).toBe(30);
    expect(through("startSignIn", "a", 5, start + 2000)).toBe(1);
    expect(through("startSignIn", "a", 100, start + 62_000)).toBe(30);
  });

  it("is each caller's own, and each action's", () => {
    through("startSignIn", "a", 100);
    expect(through("startSignIn", "b", 1)).toBe(1);
    expect(through("finishSignIn", "a", 1)).toBe(1);
  });

  it("says after how many seconds it is worth trying again, and is right", () => {
    through("startSignIn", "a", 30);
    let seconds = 0;
    try {
      spend("startSignIn", "a", start + 500);
    } catch (error) {
      seconds = (error as Failure).retryAfterSeconds ?? 0;
    }
    expect(seconds).toBe(2);
    expect(through("startSignIn", "a", 1, start + 500 + seconds * 1000)).toBe(1);
  });

  it("does not count what it refused", () => {
    through("startSignIn", "a", 10_000);
    expect(through("startSignIn", "a", 1, start + 2000)).toBe(1);
  });

  it("has a second, longer one for pictures", () => {
    let made = 0;
    for (let minute = 0; minute < 24; minute++) made += through("generate", "a", 60, start + minute * 60_000);
    expect(made).toBeGreaterThan(1000);
    expect(made).toBeLessThan(1030);
  });

  it("of those whose address nobody knows is wider, and still ends", () => {
    expect(through("startSignIn", null, 1000)).toBe(600);
  });

  it("is kept for a bounded number of callers, the latest", () => {
    for (let caller = 0; caller < 25_000; caller++) spend("list", `caller-${caller}`, start);
    const kept = (globalThis as unknown as Record<symbol, Map<string, number>>)[Symbol.for("keepsake.rate-limits")];
    expect(kept?.size).toBe(20_000);
    expect(kept?.has("list 0 caller-24999")).toBe(true);
  });
});

describe("what is under way at the same time", () => {
  /** Starts so many that wait; gives back how many were let in, and what ends them. */
  function begin(count: number, caller: string | null) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const begun = Array.from({ length: count }, () => limited("startSignIn", caller, () => promise));
    return { settled: Promise.allSettled(begun), end: resolve };
  }

  it("is three sign-ins of one address, and a place is free again when one ends, however it ends", async () => {
    const first = begin(4, "a");
    await expect(limited("startSignIn", "a", async () => "in")).rejects.toMatchObject({ code: "too_many_requests", retryAfterSeconds: 2 });
    expect(await limited("startSignIn", "b", async () => "in")).toBe("in");
    first.end();
    expect((await first.settled).map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected"]);
    for (let time = 0; time < 4; time++) {
      const failing = limited("startSignIn", "a", () => Promise.reject(new Error("the provider is away")));
      await expect(failing).rejects.toThrow("the provider is away");
    }
    expect(await limited("startSignIn", "a", async () => "in")).toBe("in");
  });

  it("is more where the address is not known, and unlimited where nothing waits", async () => {
    const crowd = begin(61, null);
    crowd.end();
    expect((await crowd.settled).filter(({ status }) => status === "rejected")).toHaveLength(1);
    const pictures = await Promise.all(Array.from({ length: 50 }, () => limited("image", "a", async () => 1)));
    expect(pictures).toHaveLength(50);
  });
});

describe("the address of a caller", () => {
  const address = (noted?: string) =>
    addressOf(new NextRequest("http://localhost/", noted === undefined ? {} : { headers: { "x-forwarded-for": noted } }));

  it("is the last public one that a proxy has noted", () => {
    expect(address("203.0.113.7")).toBe("203.0.113.7");
    expect(address("198.51.100.1, 203.0.113.7")).toBe("203.0.113.7");
    expect(address("203.0.113.7, 10.0.3.4")).toBe("203.0.113.7");
    expect(address("::ffff:203.0.113.7")).toBe("203.0.113.7");
    expect(address("2001:db8::1")).toBe("2001:db8::1");
  });

  it("is unknown when there is none", () => {
    for (const noted of [
      undefined,
      "",
      "127.0.0.1",
      "::1",
      "::ffff:127.0.0.1",
      "10.1.2.3",
      "172.20.0.1",
      "192.168.1.1",
      "fd00::1",
      "evil",
      "x".repeat(5000),
    ]) {
      expect(address(noted), noted).toBeNull();
    }
  });
});
