/** What the provider tells about a person beyond the session: asked with the person's own access token. */
import { z } from "zod";
import { Failure } from "@/lib/http/errors";
import type { Organization } from "./person";

const longestName = 120;
const text = z
  .string()
  .transform((value) => [...value].slice(0, longestName).join("") || null)
  .nullable()
  .catch(null);
const flag = z.boolean().nullable().catch(null);
const address = z
  .string()
  .max(500)
  .refine((value) => URL.canParse(value) && /^https?:/.test(value))
  .nullable()
  .catch(null);

const organizationSchema = z.object({
  sub: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/)
    .nullable()
    .catch(null),
  preferred_username: text,
  name: text,
  picture: address,
  plan: text,
  // Removed by Hugging Face in favour of `plan`; older answers have true, or "plus".
  isEnterprise: z
    .union([z.boolean(), z.literal("plus").transform(() => true)])
    .nullable()
    .catch(null),
  canPay: flag,
  roleInOrg: z.enum(["admin", "write", "contributor", "read"]).nullable().catch(null),
  securityRestrictions: z.preprocess(
    (value) => (typeof value === "string" ? [value] : value),
    z.array(z.string().max(40)).max(20).nullable().catch(null),
  ),
});
const userinfoSchema = z.object({ orgs: z.array(organizationSchema.catch(organizationSchema.parse({}))).catch([]) });

/** The organizations that userinfo names, with all that it says about them; what is missing or odd is null. Never throws. */
export function organizationsIn(userinfo: unknown): Organization[] {
  const orgs = userinfoSchema.safeParse(userinfo).data?.orgs ?? [];
  return orgs.flatMap((org): Organization[] => {
    const username = org.preferred_username;
    if (username === null) return [];
    return [
      {
        id: org.sub,
        username,
        name: org.name ?? username,
        role: org.roleInOrg,
        pictureUrl: org.picture,
        plan: org.plan,
        isEnterprise: org.isEnterprise ?? (org.plan === null ? null : /^(?:enterprise|plus)$/.test(org.plan)),
        canPay: org.canPay,
        securityRestrictions: org.securityRestrictions,
      },
    ];
  });
}

const discoverySchema = z.object({ userinfo_endpoint: z.string() });

/** Userinfo, not yet looked at. @throws Failure `signed_out` when the token is refused, `provider_unreachable`, `provider_nonsense` */
export async function readUserinfo(issuer: string, transport: typeof fetch, accessToken: string): Promise<object> {
  const discovery = discoverySchema.safeParse(await (await transport(`${issuer}/.well-known/openid-configuration`)).json());
  if (!discovery.success) throw new Failure("provider_nonsense", { cause: discovery.error });
  const answer = await transport(discovery.data.userinfo_endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
  const value: unknown = await answer.json().catch(() => null);
  if (answer.ok && typeof value === "object" && value !== null) return value;
  const isRefusal = answer.status === 401 || answer.status === 403;
  throw new Failure(isRefusal ? "signed_out" : "provider_nonsense", { cause: new Error(`userinfo answered ${answer.status}`) });
}
