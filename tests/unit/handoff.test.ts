import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createHandoffs } from "@/lib/auth/handoff";

const newSecret = () => {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
};

function withClock(most?: number) {
  const clock = { now: 1_000_000 };
  const handoffs = createHandoffs<string>({ now: () => clock.now, ...(most !== undefined && { most }) });
  return { handoffs, clock };
}

const minute = 60_000;

describe("a handoff", () => {
  test("is claimed once, by the verifier alone, after it was approved", () => {
    const { handoffs } = withClock();
    const { verifier, challenge } = newSecret();
    expect(handoffs.create(challenge)).toBe(true);
    expect(handoffs.claim(verifier)).toEqual({ state: "open" });
    expect(handoffs.approve(challenge, "ada")).toBe(true);
    expect(handoffs.claim(challenge)).toEqual({ state: "unknown" });
    expect(handoffs.claim(newSecret().verifier)).toEqual({ state: "unknown" });
    expect(handoffs.claim(verifier)).toEqual({ state: "claimed", grant: "ada" });
    expect(handoffs.claim(verifier)).toEqual({ state: "ended" });
  });

  test("cannot be approved before it began, nor begun or approved again after it was claimed", () => {
    const { handoffs } = withClock();
    const { verifier, challenge } = newSecret();
    expect(handoffs.approve(challenge, "eve")).toBe(false);
    expect(handoffs.claim(verifier)).toEqual({ state: "unknown" });
    handoffs.create(challenge);
    handoffs.approve(challenge, "ada");
    handoffs.claim(verifier);
    expect(handoffs.create(challenge)).toBe(false);
    expect(handoffs.approve(challenge, "eve")).toBe(false);
    expect(handoffs.claim(verifier)).toEqual({ state: "ended" });
  });

  test("survives a second click, and the last person to approve is the one that counts", () => {
    const { handoffs } = withClock();
    const { verifier, challenge } = newSecret();
    handoffs.create(challenge);
    handoffs.approve(challenge, "ada");
    expect(handoffs.create(challenge)).toBe(true);
    handoffs.approve(challenge, "grace");
    expect(handoffs.claim(verifier)).toEqual({ state: "claimed", grant: "grace" });
  });

  test("ends after five minutes, approved or not, and is forgotten after ten", () => {
    const { handoffs, clock } = withClock();
    const [approved, open] = [newSecret(), newSecret()];
    for (const { challenge } of [approved, open]) handoffs.create(challenge);
    handoffs.approve(approved.challenge, "ada");
    clock.now += 5 * minute;
    expect(handoffs.isOpen(open.challenge)).toBe(true);
    clock.now += 1;
    expect(handoffs.isOpen(open.challenge)).toBe(false);
    expect(handoffs.approve(open.challenge, "ada")).toBe(false);
    for (const { verifier } of [approved, open]) expect(handoffs.claim(verifier)).toEqual({ state: "ended" });
    clock.now += 5 * minute + 1;
    expect(handoffs.claim(approved.verifier)).toEqual({ state: "unknown" });
  });

  test("a second click does not make it last longer", () => {
    const { handoffs, clock } = withClock();
    const { challenge } = newSecret();
    handoffs.create(challenge);
    clock.now += 4 * minute;
    handoffs.create(challenge);
    clock.now += 2 * minute;
    expect(handoffs.isOpen(challenge)).toBe(false);
  });
});

test("when there are too many, the oldest make room, and what has ended is bounded as well", () => {
  const { handoffs } = withClock(3);
  const secrets = Array.from({ length: 9 }, newSecret);
  for (const { challenge } of secrets.slice(0, 5)) handoffs.create(challenge);
  expect(secrets.slice(0, 5).map(({ challenge }) => handoffs.isOpen(challenge))).toEqual([false, false, true, true, true]);
  for (const { verifier, challenge } of secrets) {
    handoffs.create(challenge);
    handoffs.approve(challenge, "ada");
    expect(handoffs.claim(verifier).state).toBe("claimed");
  }
  expect(secrets.map(({ verifier }) => handoffs.claim(verifier).state)).toEqual([
    ...Array.from({ length: 6 }, () => "unknown"),
    ...Array.from({ length: 3 }, () => "ended"),
  ]);
});
