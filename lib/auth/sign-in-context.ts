/** What the steps of signing in and out share: the settings of it, and taking its cookies away. */
import "server-only";
import { cookies } from "next/headers";
import { type Config, config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { cookieAttributes } from "./cookies";

/** What signing in needs of the settings. @throws Failure `sign_in_unconfigured` */
export function requireOAuth(): NonNullable<Config["oauth"]> {
  const { oauth } = config();
  if (!oauth) throw new Failure("sign_in_unconfigured");
  return oauth;
}

/** Whether people reach this app over https: cookies are named and marked accordingly. */
export function isSecure(): boolean {
  return config().origin.startsWith("https:");
}

/** Takes cookies of signing in away in the answer of this request. */
export async function removeCookies(names: string[]): Promise<void> {
  const jar = await cookies();
  for (const name of names) jar.set(name, "", { ...cookieAttributes(isSecure()), maxAge: 0 });
}
