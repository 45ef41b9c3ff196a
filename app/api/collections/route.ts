import { type NewCollection, newCollectionSchema } from "@/lib/gallery/collection";
import { createCollection, listCollections } from "@/lib/gallery/collections";
import { json, privateRoute } from "@/lib/http/route";

/** The person's collections, in their order. */
export const GET = privateRoute({ feature: "collections", limit: "list" }, async ({ person }) => ({
  collections: await listCollections(person.id),
}));

/** Begins a collection. */
export const POST = privateRoute<unknown, NewCollection>(
  { feature: "collections", limit: "mark", body: newCollectionSchema },
  async ({ person, body }) => json(await createCollection(person.id, body.title), 201),
);
