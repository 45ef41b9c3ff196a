/** You, as the Hub knows you: offered when HF_TOKEN is set, so that real inference works from your own machine. */
import { z } from "zod";
import type { Person } from "./people.ts";

const organizationSchema = z.object({
  id: z.string(),
  name: z.string(),
  fullname: z.string().nullish(),
  plan: z.enum(["team", "enterprise", "academia"]).optional().catch(undefined),
  canPay: z.boolean().optional(),
  roleInOrg: z.enum(["admin", "write", "contributor", "read"]).catch("read"),
});

const whoamiSchema = z.object({
  type: z.literal("user"),
  id: z.string(),
  name: z.string(),
  fullname: z.string().nullish(),
  email: z.string().nullish(),
  isPro: z.boolean().default(false),
  canPay: z.boolean().default(false),
  avatarUrl: z.string(),
  orgs: z.array(organizationSchema).default([]),
});

/**
 * Asks the Hub whose token this is.
 * @throws Error with one sentence when the Hub cannot be reached within 5 s, refuses the token, or it is not a person's
 */
export async function yourself(token: string, hub = "https://huggingface.co"): Promise<Person> {
  const answer = await fetch(`${hub}/api/whoami-v2`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5000),
  }).catch((cause) => {
    throw new Error("the Hub could not be reached.", { cause });
  });
  if (!answer.ok) throw new Error(`the Hub answered ${answer.status}.`);
  const parsed = whoamiSchema.safeParse(await answer.json().catch(() => null));
  if (!parsed.success) throw new Error("it does not belong to a person.");
  const { id, name, fullname, email, isPro, canPay, avatarUrl, orgs } = parsed.data;
  return {
    sub: id,
    username: name,
    name: fullname || name,
    email: email ?? `${name}@users.noreply.example`,
    website: "",
    isPro,
    canPay,
    organizations: orgs.map(({ id: sub, name: username, fullname: title, plan, canPay: pays, roleInOrg }) => ({
      sub,
      username,
      name: title || username,
      role: roleInOrg,
      ...(plan && { plan }),
      ...(pays !== undefined && { canPay: pays }),
    })),
    pictureUrl: new URL(avatarUrl, hub).href,
    accessToken: token,
    about: "You, with your own HF_TOKEN.",
  };
}
