import { describe, expect, it } from "vitest";
import { idPattern } from "@/lib/gallery/generation";
import { newId, timeOfId } from "@/lib/gallery/id";
import { appVersion } from "@/lib/gallery/version";
import packageJson from "@/package.json";

describe("ids", () => {
  it("are UUIDv7, each after the one before, also within a millisecond and when the clock goes back", () => {
    const now = Date.now() + 1000;
    const ids = [...Array.from({ length: 10_000 }, () => newId(now)), newId(now - 5000), newId(now + 5000)];
    for (const id of ids) expect(id).toMatch(idPattern);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("tell when they were made", () => {
    const now = Date.now() + 100_000;
    expect(timeOfId(newId(now))).toBe(new Date(now).toISOString());
    // The example of RFC 9562, A.6: Tuesday, 22 February 2022, 2:22:22.00 PM GMT-05:00.
    expect(timeOfId("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")).toBe("2022-02-22T19:22:22.000Z");
  });
});

it("the version in manifests is that of the package", () => {
  expect(appVersion).toBe(packageJson.version);
});
