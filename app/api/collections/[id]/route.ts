import { type CollectionChange, collectionChangeSchema } from "@/lib/gallery/collection";
import { changeCollection, getCollection } from "@/lib/gallery/collections";
import { privateRoute } from "@/lib/http/route";

type Params = { id: string };

/** One collection. Someone else's answers exactly like one that does not exist. */
export const GET = privateRoute<Params>({ feature: "collections", limit: "list" }, ({ person, params }) =>
  getCollection(person.id, params.id),
);

/** Another name, another place, removed or brought back. */
export const PATCH = privateRoute<Params, CollectionChange>(
  { feature: "collections", limit: "mark", body: collectionChangeSchema },
  ({ person, params, body }) => changeCollection(person.id, params.id, body),
);

/** Removes it; the pictures in it stay. */
export const DELETE = privateRoute<Params>({ feature: "collections", limit: "mark" }, ({ person, params }) =>
  changeCollection(person.id, params.id, { removed: true }),
);
