import { eraseGeneration, getGeneration, markGeneration, trashGeneration } from "@/lib/gallery/gallery";
import { type Marks, marksSchema } from "@/lib/gallery/requests";
import { json, privateRoute } from "@/lib/http/route";

type Params = { id: string };

/** One picture. Someone else's answers exactly like one that does not exist. */
export const GET = privateRoute<Params>({}, ({ person, params }) => getGeneration(person.id, params.id));

/** Marks: favourite, title, in or out of the trash. */
export const PATCH = privateRoute<Params, Marks>({ limit: "mark", body: marksSchema }, ({ person, params, body }) =>
  markGeneration(person.id, params.id, body),
);

/** To the trash; with `?permanent=true`, what is in the trash is erased for good: 204, or 202 as long as storage has not heard of it. */
export const DELETE = privateRoute<Params>({ limit: "mark" }, async ({ request, person, params }) => {
  if (request.nextUrl.searchParams.get("permanent") === "true") {
    const { saved } = await eraseGeneration(person.id, params.id);
    return saved ? null : json({ saved }, 202);
  }
  return trashGeneration(person.id, params.id);
});
