import type { Account } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";

/**
 * The access token, which must be one of Hugging Face: one of another kind would be taken for a key of somebody else's.
 * @throws Failure `access_ended`
 */
export function checkedToken({ token }: Account): string {
  if (!/^hf_[\w.-]+$/.test(token)) throw new Failure("access_ended", { cause: new Error("the access token is not one of Hugging Face") });
  return token;
}
