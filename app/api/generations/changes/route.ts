import { markMany } from "@/lib/gallery/many";
import { type ManyChange, manyChangeSchema } from "@/lib/gallery/requests";
import { privateRoute } from "@/lib/http/route";

/** Room for the longest selection: each id takes 39 bytes. */
const largestBodyBytes = 256 * 1024;

/** One change of many pictures; the answer says for each what became of it (`ManyResult`). */
export const POST = privateRoute<unknown, ManyChange>({ limit: "many", body: manyChangeSchema, largestBodyBytes }, ({ person, body }) =>
  markMany(person.id, body.ids, body.marks),
);
