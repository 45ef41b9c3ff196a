import { listMadeWith } from "@/lib/gallery/made-with";
import { privateRoute } from "@/lib/http/route";

/** The engines and models that the person's pictures were made with: what their gallery can be narrowed down to. */
export const GET = privateRoute({ limit: "list" }, async ({ person }) => ({ madeWith: await listMadeWith(person.id) }));
