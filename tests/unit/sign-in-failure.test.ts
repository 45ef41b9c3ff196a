import { AuthError } from "next-auth";
import { describe, expect, it } from "vitest";
import { failureOfSignIn } from "@/lib/auth/sign-in-failure";
import { Failure } from "@/lib/http/errors";

/** An error of next-auth as it reports them: the original hides in `cause.err`. */
function reported(type: string, cause?: Error) {
  return Object.assign(new AuthError(type, cause && { cause: { err: cause, ...cause } }), { type });
}

const providerSaid = (error: string) => Object.assign(new Error("OAuth Provider returned an error"), { error });

describe("what next-auth's errors mean", () => {
  it("tells our own failures from inside the transport as they are", () => {
    expect(failureOfSignIn(reported("CallbackRouteError", new Failure("provider_unreachable"))).code).toBe("provider_unreachable");
    expect(failureOfSignIn(new Failure("provider_nonsense")).code).toBe("provider_nonsense");
  });

  it.each([
    ["access_denied", "sign_in_declined"],
    ["server_error", "provider_unreachable"],
    ["temporarily_unavailable", "provider_unreachable"],
    ["login_required", "sign_in_refused"],
    ["unauthorized_client", "sign_in_refused"],
    ['<b>"\r\n', "sign_in_refused"],
  ])("tells the provider's %s as %s", (error, code) => {
    expect(failureOfSignIn(reported("OAuthCallbackError"), error).code).toBe(code);
  });

  it("names to the log what the provider answered, unless that is no name", () => {
    const said = (error: string) => failureOfSignIn(reported("OAuthCallbackError"), error).cause;
    expect(said("unauthorized_client")).toMatchObject({ message: "the provider answered unauthorized_client" });
    expect(said("<b>\r\n")).toMatchObject({ message: "the provider answered an error" });
  });

  it("tells a lost cookie and a used code as a sign-in that has ended", () => {
    expect(failureOfSignIn(reported("InvalidCheck")).code).toBe("sign_in_expired");
    expect(failureOfSignIn(reported("CallbackRouteError", providerSaid("invalid_grant"))).code).toBe("sign_in_expired");
  });

  it("trusts nothing else, and keeps the cause", () => {
    const odd = reported("CallbackRouteError", new Error("unexpected JWT"));
    expect(failureOfSignIn(odd)).toMatchObject({ code: "provider_nonsense", cause: odd });
    for (const value of [undefined, null, "text", 7]) expect(failureOfSignIn(value).code).toBe("provider_nonsense");
  });

  it("survives causes that go in a circle", () => {
    const one = new Error("one");
    one.cause = new Error("two", { cause: one });
    expect(failureOfSignIn(one).code).toBe("provider_nonsense");
  });
});
