import { expect, it } from "vitest";
import { excerpt } from "@/components/excerpt";

it("cuts a text between characters as people count them, and says that it did", () => {
  expect(excerpt("short")).toBe("short");
  expect(excerpt("👩‍👩‍👧‍👦".repeat(3), 2)).toBe("👩‍👩‍👧‍👦👩‍👩‍👧‍👦…");
  expect(excerpt("e\u0301".repeat(5), 4)).toBe(`${"e\u0301".repeat(4)}…`);
  expect(excerpt("word ".repeat(40), 10)).toBe("word word…");
  expect(excerpt("👩‍👩‍👧‍👦".repeat(3), 3)).toBe("👩‍👩‍👧‍👦".repeat(3));
  expect(excerpt("x".repeat(100_000)).length).toBe(81);
});
