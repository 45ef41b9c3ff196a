import { type NewShare, newShareSchema } from "@/lib/gallery/share";
import { createShare, listShares } from "@/lib/gallery/shares";
import { json, privateRoute } from "@/lib/http/route";

/** The person's links, the newest first. */
export const GET = privateRoute({ feature: "sharing", limit: "list" }, async ({ person }) => ({ shares: await listShares(person.id) }));

/** Makes a link. */
export const POST = privateRoute<unknown, NewShare>(
  { feature: "sharing", limit: "mark", body: newShareSchema },
  async ({ person, body }) => {
    return json(await createShare(person.id, person.username, body), 201);
  },
);
