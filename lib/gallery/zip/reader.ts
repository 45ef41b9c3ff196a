/** Reads ZIP files that came from outside: nothing they say about themselves is believed before it was checked. */
import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { largest16, largest32, signatures } from "@/lib/gallery/zip/format";

const inflate = promisify(inflateRaw);

/** The file is not a whole ZIP file, or is one that is made to do harm. */
export class BadZip extends Error {
  override name = "BadZip";
}

export type ZipMember = { name: string; size: number; compressedSize: number; method: number; crc32: number; offset: number };

const mostMembers = 1_000_000;
const largestDirectory = 256 * 1024 * 1024;
const stored = 0;
const deflated = 8;

/**
 * The directory of a ZIP file. Members may not overlap, so what they unpack to is bounded by the size that each is allowed.
 * @throws BadZip also when a name could lead out of a folder
 */
export async function readDirectory(file: FileHandle): Promise<ZipMember[]> {
  const { size: length } = await file.stat();
  const { count, offset, size } = await findDirectory(file, length);
  if (count > mostMembers || size > largestDirectory || offset + size > length) throw new BadZip("its directory is not where it should be");
  const directory = await bytesAt(file, offset, size);
  const members: ZipMember[] = [];
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > size || directory.readUInt32LE(at) !== signatures.entry) throw new BadZip("its directory is damaged");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const end = at + 46 + nameLength + extraLength + commentLength;
    if (end > size) throw new BadZip("its directory is damaged");
    const name = directory.toString("latin1", at + 46, at + 46 + nameLength);
    const encrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
    if (encrypted || !isHarmless(name)) throw new BadZip(encrypted ? "it is encrypted" : "a name in it leads elsewhere");
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const [memberSize, compressedSize, memberOffset] = resolve64(
      extra,
      [24, 20, 42].map((field) => directory.readUInt32LE(at + field)),
    );
    const method = directory.readUInt16LE(at + 10);
    members.push({ name, size: memberSize, compressedSize, method, crc32: directory.readUInt32LE(at + 16), offset: memberOffset });
    at = end;
  }
  refuseOverlaps(members, offset);
  return members;
}

/** What a member holds. @throws BadZip when it is larger than allowed, or not what the directory says */
export async function readMember(file: FileHandle, member: ZipMember, largest: number): Promise<Buffer> {
  const { size, compressedSize, method, offset } = member;
  if (size > largest || compressedSize > largest) throw new BadZip("it is too large");
  const header = await bytesAt(file, offset, 30);
  if (header.readUInt32LE(0) !== signatures.local) throw new BadZip("it is damaged");
  const packed = await bytesAt(file, offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), compressedSize);
  const bytes = await unpacked(packed, method, size);
  if (bytes.length !== size || crc32(bytes) !== member.crc32) throw new BadZip("it is damaged");
  return bytes;
}

async function unpacked(packed: Buffer, method: number, size: number): Promise<Buffer> {
  if (method === stored) return packed;
  if (method !== deflated) throw new BadZip("it is packed in an unknown way");
  return inflate(packed, { maxOutputLength: Math.max(size, 1) }).catch(() => {
    throw new BadZip("it is damaged");
  });
}

async function findDirectory(file: FileHandle, length: number): Promise<{ count: number; offset: number; size: number }> {
  const tail = await bytesAt(file, Math.max(0, length - 22 - largest16), Math.min(length, 22 + largest16));
  const at = tail.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (at < 0 || at + 22 > tail.length) throw new BadZip("it has no end");
  const count = tail.readUInt16LE(at + 10);
  const size = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count < largest16 && size < largest32 && offset < largest32) return { count, size, offset };
  if (at < 20 || tail.readUInt32LE(at - 20) !== signatures.locator64) return { count, size, offset };
  const end64 = await bytesAt(file, safe(tail.readBigUInt64LE(at - 20 + 8)), 56);
  if (end64.readUInt32LE(0) !== signatures.end64) throw new BadZip("its end is damaged");
  return { count: safe(end64.readBigUInt64LE(32)), size: safe(end64.readBigUInt64LE(40)), offset: safe(end64.readBigUInt64LE(48)) };
}

// The ZIP64 extra field holds, in this order, only those values that did not fit.
function resolve64(extra: Buffer, values: number[]): [size: number, compressedSize: number, offset: number] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  const resolved = values.map((value) => {
    if (value !== largest32) return value;
    if (at + 8 > extra.length) throw new BadZip("its directory is damaged");
    at += 8;
    return safe(extra.readBigUInt64LE(at - 8));
  });
  return resolved as [number, number, number];
}

// The trick of small files that unpack without end: many members that share the same bytes.
function refuseOverlaps(members: readonly ZipMember[], directoryOffset: number): void {
  let end = 0;
  for (const { offset, compressedSize, name } of members.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < end) throw new BadZip("its members overlap");
    end = offset + 30 + name.length + compressedSize;
  }
  if (end > directoryOffset) throw new BadZip("its members overlap");
}

function isHarmless(name: string): boolean {
  return !/^[/\\]|\\|\0|^[A-Za-z]:/.test(name) && !name.split("/").includes("..");
}

function safe(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new BadZip("a number in it is too large");
  return Number(value);
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  if (bytesRead !== length) throw new BadZip("it ends too early");
  return bytes;
}
