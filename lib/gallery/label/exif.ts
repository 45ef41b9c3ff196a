/** A TIFF structure (Exif 3.0, 4.6) with one field, the user comment, in Unicode as image tools write it. */
const exifPointer = 0x8769;
const userComment = 0x9286;
const long = 4;
const undefinedType = 7;

const entry = (tag: number, type: number, count: number, value: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(tag, 0);
  bytes.writeUInt16BE(type, 2);
  bytes.writeUInt32BE(count, 4);
  bytes.writeUInt32BE(value, 8);
  return bytes;
};

export function exifWithComment(text: string): Buffer {
  const comment = Buffer.concat([Buffer.from("UNICODE\0", "latin1"), Buffer.from(text, "utf16le").swap16()]);
  const header = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  const directory = (fields: Buffer) => Buffer.concat([Buffer.from([0, 1]), fields, Buffer.alloc(4)]);
  const length = 2 + 12 + 4;
  const first = directory(entry(exifPointer, long, 1, header.length + length));
  const second = directory(entry(userComment, undefinedType, comment.length, header.length + 2 * length));
  return Buffer.concat([header, first, second, comment]);
}
