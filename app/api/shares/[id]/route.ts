import { revokeShare } from "@/lib/gallery/shares";
import { json, privateRoute } from "@/lib/http/route";

/** Revokes a link: 204, or 202 as long as storage has not heard of it. Someone else's answers exactly like one that does not exist. */
export const DELETE = privateRoute<{ id: string }>({ feature: "sharing", limit: "mark" }, async ({ person, params }) => {
  const { saved } = await revokeShare(person.id, params.id);
  return saved ? null : json({ saved }, 202);
});
