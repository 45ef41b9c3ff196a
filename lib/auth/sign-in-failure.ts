/** What next-auth's errors mean to the person who signs in. */
import { Failure } from "@/lib/http/errors";

/**
 * The failure behind an error that next-auth reports; `sign_in_declined` when the person said no at the provider.
 * @param responseError the `error` of the authorization response, which next-auth checks and then drops (RFC 6749, 4.1.2.1)
 */
export function failureOfSignIn(error: unknown, responseError?: string | null): Failure {
  const chain = causes(error);
  const ours = chain.find((link) => link instanceof Failure);
  if (ours) return ours;
  const types = chain.map((link) => (link as { type?: unknown }).type);
  if (types.includes("InvalidCheck")) return new Failure("sign_in_expired", { cause: error });
  if (types.includes("OAuthCallbackError")) {
    if (responseError === "access_denied") return new Failure("sign_in_declined", { cause: error });
    const isOutage = responseError === "server_error" || responseError === "temporarily_unavailable";
    const named = /^[a-z_]{1,40}$/.test(responseError ?? "") ? responseError : "an error";
    const cause = new Error(`the provider answered ${named}`);
    return new Failure(isOutage ? "provider_unreachable" : "sign_in_refused", { cause });
  }
  // A code that was used or has ended (RFC 6749, 5.2).
  if (chain.some((link) => (link as { error?: unknown }).error === "invalid_grant"))
    return new Failure("sign_in_expired", { cause: error });
  return new Failure("provider_nonsense", { cause: error });
}

/** An error and everything it says it was caused by; next-auth hides the original in `cause.err`. */
function causes(error: unknown): object[] {
  const found: object[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null || found.includes(value) || found.length > 12) return;
    found.push(value);
    visit((value as { cause?: unknown }).cause);
    visit((value as { err?: unknown }).err);
  };
  visit(error);
  return found;
}
