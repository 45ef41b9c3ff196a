import "server-only";
import { cookies } from "next/headers";
import { frameCookieAttributes, frameCookieName, sessionCookieName } from "./cookies";
import { seeOther } from "./redirect";
import { revokeAllSessions, revokeSession } from "./session";
import { isSecure, removeCookies } from "./sign-in-context";

/** Ends the session, in this browser and in every copy of its cookie, and `everywhere` all others; leads to the start page. */
export async function endSession({ everywhere }: { everywhere: boolean }): Promise<Response> {
  if (everywhere) await revokeAllSessions();
  await forgetSession();
  return seeOther("/");
}

/** Ends the session in the same way, within an answer that is about something else. */
export async function forgetSession(): Promise<void> {
  await revokeSession();
  await removeCookies([sessionCookieName(isSecure())]);
  // A cookie goes only when it is named with the attributes that it came with.
  if (isSecure()) (await cookies()).set(frameCookieName, "", { ...frameCookieAttributes, maxAge: 0 });
}
