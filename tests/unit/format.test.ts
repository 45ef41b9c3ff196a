import { describe, expect, it } from "vitest";
import { formatBytes, formatClock, formatExactTime, formatTime } from "@/components/format";
import { messages } from "@/lib/language/languages";
import { wordsIn } from "@/lib/language/words";

const english = wordsIn("en", messages.en);
const german = wordsIn("de", messages.de);

// Intl puts narrow and no-break spaces where people see a space.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("bytes", () => {
  it.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [1_449_000, "1.4 MB"],
    [2.5e9, "2.5 GB"],
    [9e15, "9,000 TB"],
  ])("%d are %s", (bytes, text) => {
    expect(plain(formatBytes(english, bytes))).toBe(text);
  });
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 21, 12);
  const ago = (ms: number) => formatTime(english, now - ms, now, "UTC");
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

  it.each([
    [0, "just now"],
    [minute - 1, "just now"],
    [-30_000, "just now"],
    [minute, "1 minute ago"],
    [2 * hour, "2 hours ago"],
    [day, "yesterday"],
    [7 * day - 1, "6 days ago"],
    [7 * day, "November 14, 2026"],
    [-2 * minute, "November 21, 2026"],
  ])("%d ms ago reads %s", (past, text) => {
    expect(ago(past)).toBe(text);
  });

  it("are exact where it matters, in the zone that is asked for", () => {
    expect(plain(formatExactTime(english, now, "UTC"))).toBe("Saturday, November 21, 2026 at 12:00:00 PM UTC");
    expect(plain(formatClock(english, now, "America/New_York"))).toBe("Saturday, November 21 at 7:00 AM EST");
  });
});

it("counts pictures as one says it", () => {
  expect([0, 1, 1204].map((count) => english.say("pictures", { count }))).toEqual(["0 pictures", "1 picture", "1,204 pictures"]);
});

it("says all of it in the language of the page", () => {
  const now = Date.UTC(2026, 10, 21, 12);
  expect(plain(formatBytes(german, 1_449_000))).toBe("1,4 MB");
  expect(formatTime(german, now - 86_400_000, now, "UTC")).toBe("gestern");
  expect(formatTime(german, now, now, "UTC")).toBe("gerade eben");
  expect(formatTime(german, Date.UTC(2026, 1, 3), now, "UTC")).toBe("3. Februar 2026");
  expect([1, 1204].map((count) => german.say("pictures", { count }))).toEqual(["1 Bild", "1.204 Bilder"]);
});
