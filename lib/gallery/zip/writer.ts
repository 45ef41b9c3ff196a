/** ZIP files without compression, which images do not need: their length is known before the first byte is written. PKWARE APPNOTE 6.3. */
import { largest16, largest32, signatures } from "@/lib/gallery/zip/format";

export type ZipEntry = {
  /** ASCII. */
  name: string;
  size: number;
  crc32: number;
  modified: Date;
  content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
};

/** How long a ZIP file of these entries is, in bytes, whatever they hold. */
export function zipLength(entries: Iterable<{ name: string; size: number }>): number {
  let offset = 0;
  let directory = 0;
  let count = 0;
  for (const { name, size } of entries) {
    directory += 46 + name.length + (offset >= largest32 ? 12 : 0);
    offset += 30 + name.length + size;
    count += 1;
  }
  return offset + directory + endOfDirectory({ count, offset, size: directory }).length;
}

/** Writes entries one after the other, holding about a hundred bytes of each for the directory at the end. */
export async function* writeZip(entries: AsyncIterable<ZipEntry>): AsyncIterable<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, size, crc32, modified, content } of entries) {
    const facts = Buffer.alloc(22);
    facts.writeUInt16LE(offset >= largest32 ? 45 : 20, 0);
    facts.writeUInt32LE(dosTime(modified), 6);
    facts.writeUInt32LE(crc32, 10);
    facts.writeUInt32LE(size, 14);
    facts.writeUInt32LE(size, 18);
    const label = Buffer.from(name, "latin1");
    directory.push(directoryEntry(label, facts, offset));
    yield Buffer.concat([signed(signatures.local), facts, uint16(label.length, 0), label]);
    let written = 0;
    for await (const chunk of content) {
      written += chunk.length;
      yield chunk;
    }
    if (written !== size) throw new Error(`${name} was to have ${size} bytes, but has ${written}`);
    offset += 30 + label.length + size;
  }
  for (const entry of directory) yield entry;
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  yield endOfDirectory({ count: directory.length, offset, size });
}

function directoryEntry(label: Buffer, facts: Buffer, offset: number): Buffer {
  const far = offset >= largest32;
  const extra = far ? Buffer.concat([uint16(1, 8), uint64(offset)]) : Buffer.alloc(0);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(far ? largest32 : offset, 10);
  const madeBy = uint16(45);
  return Buffer.concat([signed(signatures.entry), madeBy, facts, uint16(label.length, extra.length), attributes, label, extra]);
}

function endOfDirectory({ count, offset, size }: { count: number; offset: number; size: number }): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(Math.min(count, largest16), 8);
  end.writeUInt16LE(Math.min(count, largest16), 10);
  end.writeUInt32LE(Math.min(size, largest32), 12);
  end.writeUInt32LE(Math.min(offset, largest32), 16);
  if (count < largest16 && offset < largest32 && size < largest32) return end;
  const end64 = Buffer.concat([
    signed(signatures.end64),
    uint64(44),
    uint16(45, 45),
    Buffer.alloc(8),
    ...[count, count, size, offset].map(uint64),
  ]);
  const locator = Buffer.concat([signed(signatures.locator64), Buffer.alloc(4), uint64(offset + size), Buffer.from([1, 0, 0, 0])]);
  return Buffer.concat([end64, locator, end]);
}

// Two seconds are the finest it can say, 1980 the earliest.
function dosTime(time: Date): number {
  const year = Math.max(time.getUTCFullYear() - 1980, 0);
  const date = (year << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  return ((date << 16) | (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1)) >>> 0;
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}

function uint16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, 2 * index);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
