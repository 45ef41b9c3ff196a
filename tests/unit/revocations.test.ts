import { createHash } from "node:crypto";
import { encode } from "next-auth/jwt";
import { afterEach, describe, expect, test, vi } from "vitest";
import { claimsFrom, type SessionClaims } from "@/lib/auth/claims";
import { openSession } from "@/lib/auth/opened-sessions";
import { currentSeries, keepRevocationsIn, revoke, revokeSeries } from "@/lib/auth/revocations";
import { type KeptRevocations, keptRevocations } from "@/lib/gallery/kept-revocations";
import { memoryStore } from "@/tests/support/memory-store";

const secret = "s".repeat(32);
const salt = "keepsake-session";

afterEach(() => {
  vi.useRealTimers();
  forgetEverything();
});

/** What the end of a process does to sessions. */
function forgetEverything(): void {
  for (const name of ["revocations", "opened-sessions"]) Reflect.deleteProperty(globalThis, Symbol.for(`keepsake.${name}`));
}

async function newSession(lifetime = 3600): Promise<{ claims: SessionClaims; sealed: string }> {
  const claims = claimsFrom({ sub: "abc", preferred_username: "ada" }, { access_token: "x", expires_in: lifetime }, "openid");
  return { claims, sealed: await encode({ token: claims, secret, salt }) };
}

test("a revoked session opens no more, neither in this process nor in the next", async () => {
  const store = memoryStore();
  keepRevocationsIn(keptRevocations(store));
  const { claims, sealed } = await newSession();
  expect(await openSession(sealed, secret, salt)).toEqual(claims);
  await revoke(claims.sid, claims.expiresAt);
  expect(await openSession(sealed, secret, salt)).toBeNull();
  expect([...store.objects.keys()].join()).not.toContain(claims.sid);

  forgetEverything();
  expect(await openSession(sealed, secret, salt), "nothing of a session is known without the record").toEqual(claims);
  forgetEverything();
  keepRevocationsIn(keptRevocations(store));
  expect(await openSession(sealed, secret, salt)).toBeNull();
});

test("another session of the same person stays", async () => {
  const [one, other] = [await newSession(), await newSession()];
  await revoke(one.claims.sid, one.claims.expiresAt);
  expect(await openSession(one.sealed, secret, salt)).toBeNull();
  expect(await openSession(other.sealed, secret, salt)).toEqual(other.claims);
});

test("what another replica revoked is noticed, although the session was opened here before", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const record = keptRevocations(memoryStore());
  keepRevocationsIn(record);
  const { claims, sealed } = await newSession();
  await openSession(sealed, secret, salt);
  await record.add(createHash("sha256").update(claims.sid).digest("hex"), claims.expiresAt);
  expect(await openSession(sealed, secret, salt)).not.toBeNull();
  vi.setSystemTime(Date.now() + 31_000);
  await openSession(sealed, secret, salt);
  await vi.waitFor(async () => expect(await openSession(sealed, secret, salt)).toBeNull());
});

test.each<[string, Partial<KeptRevocations>]>([
  ["fails", { add: () => Promise.reject(new Error("EIO")), has: () => Promise.reject(new Error("EIO")) }],
  ["hangs", { add: () => new Promise(() => undefined), has: () => new Promise(() => undefined) }],
])("while storage %s, sessions work and signing out counts in this process", async (_how, record) => {
  const warning = vi.spyOn(console, "warn").mockReturnValue();
  keepRevocationsIn(record as KeptRevocations);
  const { claims, sealed } = await newSession();
  expect(await openSession(sealed, secret, salt)).toEqual(claims);
  await revoke(claims.sid, claims.expiresAt);
  expect(await openSession(sealed, secret, salt)).toBeNull();
  expect(warning).toHaveBeenCalledOnce();
  expect(warning.mock.calls.join()).not.toContain(claims.sid);
  warning.mockRestore();
});

describe("a question to the record that got no answer", () => {
  /** A record in which a session was revoked by another process, and that answers what a test lets it. */
  async function recordWith({ sid, expiresAt }: SessionClaims) {
    const kept = keptRevocations(memoryStore());
    await kept.add(createHash("sha256").update(sid).digest("hex"), expiresAt);
    const record = { add: kept.add, has: vi.fn(kept.has) };
    keepRevocationsIn(record);
    return { has: record.has, answers: () => record.has.mockImplementation(kept.has) };
  }

  test("lets a revoked session in, and is put again at the next read", async () => {
    const { claims, sealed } = await newSession();
    const { has, answers } = await recordWith(claims);
    has.mockRejectedValue(new Error("EIO"));
    expect(await openSession(sealed, secret, salt)).toEqual(claims);
    expect(await openSession(sealed, secret, salt)).toEqual(claims);
    answers();
    expect(await openSession(sealed, secret, salt)).toBeNull();
  });

  test("is put once while it hangs, and counts when the answer comes late", async () => {
    const { claims, sealed } = await newSession();
    const { has } = await recordWith(claims);
    const late = Promise.withResolvers<boolean>();
    has.mockReturnValue(late.promise);
    expect(await openSession(sealed, secret, salt)).toEqual(claims);
    expect(await openSession(sealed, secret, salt)).toEqual(claims);
    expect(has, "of the session, and of its series").toHaveBeenCalledTimes(2);
    late.resolve(true);
    expect(await openSession(sealed, secret, salt)).toBeNull();
  });

  test("does not count for half a minute when the session was opened before", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { claims, sealed } = await newSession();
    const { has, answers } = await recordWith(claims);
    has.mockResolvedValue(false);
    expect(await openSession(sealed, secret, salt)).toEqual(claims);
    has.mockRejectedValue(new Error("EIO"));
    vi.setSystemTime(Date.now() + 31_000);
    expect(await openSession(sealed, secret, salt)).toEqual(claims);
    await vi.waitFor(() => expect(has).toHaveBeenCalledTimes(4));
    answers();
    await vi.waitFor(async () => expect(await openSession(sealed, secret, salt)).toBeNull());
  });
});

test("an opened session ends when its time has come", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { sealed } = await newSession(60);
  expect(await openSession(sealed, secret, salt)).not.toBeNull();
  vi.setSystemTime(Date.now() + 61_000);
  expect(await openSession(sealed, secret, salt)).toBeNull();
});

test("a cookie of another secret, another name, or with one letter changed opens nothing", async () => {
  const { sealed } = await newSession();
  expect(await openSession(sealed, "t".repeat(32), salt)).toBeNull();
  expect(await openSession(sealed, secret, "other")).toBeNull();
  expect(await openSession(sealed.slice(0, -9) + (sealed.at(-9) === "A" ? "B" : "A") + sealed.slice(-8), secret, salt)).toBeNull();
});

test("expired revocations are removed, others and foreign objects stay", async () => {
  const store = memoryStore();
  const record = keptRevocations(store);
  const now = Date.now() / 1000;
  await record.add("a".repeat(64), now - 1);
  await record.add("b".repeat(64), now + 60);
  await record.add("b".repeat(64), now + 90);
  store.objects.set("r/notes.json", Buffer.from("{}"));
  expect(await record.removeExpired()).toBe(1);
  expect([...store.objects.keys()].sort()).toEqual([`r/${"b".repeat(64)}.json`, "r/notes.json"]);
});

test("signing out everywhere ends every session of the person that began before, here and after a restart, and no other", async () => {
  const store = memoryStore();
  keepRevocationsIn(keptRevocations(store));
  const [here, elsewhere] = [await newSession(), await newSession()];
  const somebody = claimsFrom({ sub: "xyz", preferred_username: "eve" }, { access_token: "x" }, "openid");
  const other = await encode({ token: somebody, secret, salt });
  await revokeSeries(here.claims);
  for (const known of ["in this process", "in the next"]) {
    expect(await openSession(here.sealed, secret, salt), known).toBeNull();
    expect(await openSession(elsewhere.sealed, secret, salt), known).toBeNull();
    expect(await openSession(other, secret, salt), known).toEqual(somebody);
    expect(await currentSeries("abc"), known).toBe(1);
    forgetEverything();
    keepRevocationsIn(keptRevocations(store));
  }
  const later = { ...elsewhere.claims, series: await currentSeries("abc") };
  expect(await openSession(await encode({ token: later, secret, salt }), secret, salt)).toEqual(later);
  expect([...store.objects.keys()].join()).not.toContain("abc");
});

test("the series of a new session is the first that has not ended, however often that was done", async () => {
  keepRevocationsIn(keptRevocations(memoryStore()));
  for (let series = 0; series < 20; series++) {
    expect(await currentSeries("abc")).toBe(series);
    await revokeSeries({ sid: "", sub: "abc", series, expiresAt: 0 });
  }
});
