import { revokeShare } from "@/lib/gallery/shares";
import { privateRoute } from "@/lib/http/route";

/** Revokes a link. Someone else's answers exactly like one that does not exist. */
export const DELETE = privateRoute<{ id: string }>({ feature: "sharing", limit: "mark" }, ({ person, params }) =>
  revokeShare(person.id, params.id),
);
