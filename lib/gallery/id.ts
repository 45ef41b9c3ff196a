import { randomBytes, randomInt } from "node:crypto";
import { processWide } from "@/lib/process-wide";

/**
 * A new UUIDv7 (RFC 9562, 6.2 method 1): sorts after every id that this process made before, also within one millisecond.
 * @param now milliseconds since 1970
 */
export function newId(now: number = Date.now()): string {
  const clock = processWide("id-clock", () => ({ ms: 0, counter: 0 }));
  if (now > clock.ms) Object.assign(clock, { ms: now, counter: randomInt(0x800) });
  else if (clock.counter < 0xfff) clock.counter += 1;
  else Object.assign(clock, { ms: clock.ms + 1, counter: 0 });
  const bytes = randomBytes(16);
  bytes.writeUIntBE(clock.ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | clock.counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** When an id was made, ISO 8601 in UTC. */
export function timeOfId(id: string): string {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString();
}
