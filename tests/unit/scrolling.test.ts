import { beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it("tells whoever waits that the page is at rest, at once where it already is", async () => {
  const { isHurrying, whenAtRest } = await import("@/components/gallery/scrolling");
  const told: string[] = [];
  whenAtRest(() => told.push("first"));
  const takeBack = whenAtRest(() => told.push("taken back"));
  takeBack();
  expect(isHurrying()).toBe(true);
  expect(told).toEqual([]);
  vi.runAllTimers();
  expect(isHurrying()).toBe(false);
  expect(told).toEqual(["first"]);
  whenAtRest(() => told.push("later"));
  vi.runAllTimers();
  expect(told).toEqual(["first", "later"]);
});
