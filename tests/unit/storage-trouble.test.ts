import { describe, expect, it } from "vitest";
import { ForeignPlace } from "@/lib/gallery/marker";
import { explainToEveryone, explainToOwner } from "@/lib/gallery/storage-trouble";
import { ObjectCollision, StorageFailure } from "@/lib/storage/object-store";

const failure = (code: string) =>
  new StorageFailure("o/00/one.png could not be published", {
    cause: Object.assign(new Error(`${code}: as the system says it`), { code }),
  });

const places = { store: "/data", local: "/tmp/keepsake" };

const lasting: readonly [string, Error][] = [
  ...["ENOTSUP", "EOPNOTSUPP", "ENOENT", "EIO", "EAGAIN", "EBUSY", "ETIMEDOUT", "ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS"],
  ...["ENOSYS", "UNCONFIRMED", "ENOTCONN", "ESTALE", "ECONNABORTED", "ENODEV", "ENOTDIR"],
].map((code) => [code, failure(code)]);

describe("what is wrong with storage", () => {
  it.each([...lasting, ["EEXIST", new ObjectCollision("o/00/one.png")] as const])("is said to the owner after %s", (code, error) => {
    const sentence = explainToOwner(error, places);
    for (const part of ["/data", `user ${process.getuid?.()}`, code]) expect(sentence).toContain(part);
    expect(sentence).toMatch(/^[A-Z/].*\. [A-Z].*\.$|^[A-Z/].*\.$/);
    expect(sentence, "an answer that is made for this code").not.toContain("as the system says it");
  });

  it.each(lasting)("is said to everybody else after %s, without places and codes", (code, error) => {
    const sentence = explainToEveryone(error);
    expect(sentence).not.toBe("Storage cannot be used just now.");
    for (const hidden of ["/data", "user", code, "one.png"]) expect(sentence).not.toContain(hidden);
  });

  it("is found behind other errors, names the disk that it is about, and an error of no known kind is passed on to the owner alone", () => {
    expect(explainToOwner(new StorageFailure("t/ could not be listed", { cause: failure("ENOSPC") }), places)).toContain("/data is full");
    const outbox = new StorageFailure("the outbox could not be used", { cause: failure("ENOSPC"), local: true });
    expect(explainToOwner(outbox, places)).toContain("/tmp/keepsake is full");
    expect(explainToOwner(failure("EWHATEVER"), places)).toContain("EWHATEVER: as the system says it");
    expect(explainToEveryone(failure("EWHATEVER"))).toBe("Storage cannot be used just now.");
    expect(explainToOwner(new ForeignPlace("The folder holds other things."), places)).toBe("The folder holds other things.");
    expect(explainToOwner("nonsense", places)).toBe("Storage cannot be used.");
  });
});
