import { open, writeFile } from "node:fs/promises";
import path from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { BadZip, readDirectory, readMember } from "@/lib/gallery/zip/reader";
import { writeZip, type ZipEntry, zipLength } from "@/lib/gallery/zip/writer";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const entry = (name: string, text: string): ZipEntry => {
  const bytes = Buffer.from(text);
  return { name, size: bytes.length, crc32: crc32(bytes), modified: new Date("2026-11-21T10:20:30Z"), content: [bytes] };
};

async function zipped(entries: Iterable<ZipEntry>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(asAsync(entries))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* asAsync<T>(values: Iterable<T>): AsyncIterable<T> {
  yield* values;
}

async function opened(bytes: Uint8Array) {
  const name = path.join(await temporaryFolder(), "file.zip");
  await writeFile(name, bytes);
  const file = await open(name);
  onTestFinished(() => file.close());
  return file;
}

const members = async (bytes: Uint8Array) => readDirectory(await opened(bytes));

/** The file with its only member's central record changed. */
function altered(bytes: Buffer, change: (directory: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy.subarray(copy.indexOf("PK\x01\x02", 0, "latin1")));
  return copy;
}

describe("ZIP files", () => {
  it("are as long as was said, and hold what was put in", async () => {
    const entries = [entry("a.txt", "first"), entry("pictures/b.bin", ""), entry("c", "x".repeat(100_000))];
    const bytes = await zipped(entries);
    expect(bytes.length).toBe(zipLength(entries));
    const file = await opened(bytes);
    const found = await readDirectory(file);
    expect(found.map(({ name }) => name)).toEqual(["a.txt", "pictures/b.bin", "c"]);
    expect((await Promise.all(found.map((member) => readMember(file, member, 1_000_000)))).map(String)).toEqual([
      "first",
      "",
      "x".repeat(100_000),
    ]);
  });

  it("hold more than 65,535 members", async () => {
    const entries = Array.from({ length: 70_000 }, (_, n) => entry(`n/${n}`, String(n)));
    const bytes = await zipped(entries);
    expect(bytes.length).toBe(zipLength(entries));
    const file = await opened(bytes);
    const found = await readDirectory(file);
    expect(found).toHaveLength(70_000);
    expect(String(await readMember(file, found[69_999] ?? found[0] ?? expect.fail(), 100))).toBe("69999");
  });

  it("grow beyond 4 GiB with the length that was said", async () => {
    const chunk = Buffer.alloc(64 * 1024 * 1024);
    const large = (name: string): ZipEntry => ({
      name,
      size: 33 * chunk.length,
      crc32: 0,
      modified: new Date(),
      content: Array.from({ length: 33 }, () => chunk),
    });
    const entries = [large("a"), large("b"), entry("c", "after all that")];
    let length = 0;
    let tail = Buffer.alloc(0);
    for await (const part of writeZip(asAsync(entries))) {
      length += part.length;
      tail = part.length > 1000 ? Buffer.alloc(0) : Buffer.concat([tail, part]);
    }
    expect(length).toBeGreaterThan(2 ** 32);
    expect(length).toBe(zipLength(entries));
    const third = tail.subarray(tail.lastIndexOf("PK\x01\x02", undefined, "latin1"));
    expect(third.readUInt32LE(42)).toBe(0xffffffff);
    expect(Number(third.readBigUInt64LE(46 + 1 + 4))).toBe(2 * (30 + 1 + 33 * chunk.length));
    expect(tail.includes("PK\x06\x06", 0, "latin1")).toBe(true);
  });

  it("break off rather than lie about their length", async () => {
    const lying = { ...entry("a", "four"), size: 5 };
    await expect(zipped([lying])).rejects.toThrow(/was to have 5 bytes/);
  });
});

describe("ZIP files from outside", () => {
  it.each(["../up", "a/../../up", "/etc/passwd", "a\\..\\b", "C:/windows", "nul\0"])("refuses the name %j", async (name) => {
    await expect(members(await zipped([entry(name, "x")]))).rejects.toBeInstanceOf(BadZip);
  });

  it("refuses what is no ZIP file, and every truncation of one", async () => {
    for (const junk of ["", "hello", "PK\x05\x06", `PK\x05\x06${"\xff".repeat(18)}`]) {
      await expect(members(Buffer.from(junk, "latin1"))).rejects.toBeInstanceOf(BadZip);
    }
    const whole = await zipped([entry("a", "one"), entry("b", "two")]);
    for (let length = 0; length < whole.length; length += 7)
      await expect(members(whole.subarray(0, length))).rejects.toBeInstanceOf(BadZip);
  });

  it("reads packed members, and no further than they say", async () => {
    const packed = deflateRawSync(Buffer.alloc(10_000_000));
    const make = (size: number) => {
      const bytes = zipped([{ ...entry("bomb", ""), size: packed.length, content: [packed] }]);
      return bytes.then((file) =>
        altered(file, (directory) => {
          directory.writeUInt16LE(8, 10);
          directory.writeUInt32LE(crc32(Buffer.alloc(10_000_000)), 16);
          directory.writeUInt32LE(size, 24);
        }),
      );
    };
    const read = async (size: number, largest: number) => {
      const file = await opened(await make(size));
      const [member] = await readDirectory(file);
      return readMember(file, member ?? expect.fail(), largest);
    };
    expect((await read(10_000_000, 10_000_000)).length).toBe(10_000_000);
    await expect(read(10_000_000, 1_000_000)).rejects.toThrow(/too large/);
    await expect(read(1000, 1_000_000)).rejects.toThrow(/damaged/);
  });

  it("refuses members that overlap, the trick of bombs that need no packing", async () => {
    const bytes = await zipped([entry("a", "x".repeat(1000)), entry("b", "y")]);
    const second = bytes.lastIndexOf("PK\x01\x02", undefined, "latin1");
    bytes.writeUInt32LE(0, second + 42);
    await expect(members(bytes)).rejects.toThrow(/overlap/);
  });

  it.each([
    ["an altered byte", (directory: Buffer) => void directory.writeUInt32LE(1, 16)],
    ["an unknown packing", (directory: Buffer) => void directory.writeUInt16LE(99, 10)],
  ])("notices %s", async (_, change) => {
    const file = await opened(altered(await zipped([entry("a", "one")]), change));
    const [member] = await readDirectory(file);
    await expect(readMember(file, member ?? expect.fail(), 100)).rejects.toBeInstanceOf(BadZip);
  });

  it("refuses what is encrypted", async () => {
    const bytes = altered(await zipped([entry("a", "one")]), (directory) => void directory.writeUInt16LE(1, 8));
    await expect(members(bytes)).rejects.toThrow(/encrypted/);
  });
});
