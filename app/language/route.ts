import { z } from "zod";
import { cookieAttributes, frameCookieAttributes } from "@/lib/auth/cookies";
import { safeNextPath } from "@/lib/auth/next-path";
import { seeOtherHere } from "@/lib/auth/redirect";
import { isSecure } from "@/lib/auth/sign-in-context";
import { problemPage } from "@/lib/http/problem-page";
import { publicRoute } from "@/lib/http/route";
import { type Language, languages } from "@/lib/language/choose";
import { languageCookieName } from "@/lib/language/cookie";

const yearInSeconds = 365 * 86_400;

/** Keeps the language that somebody has chosen, in this browser, and goes back to the page where it was chosen. */
export const POST = publicRoute<unknown, { language: Language }>(
  { isForm: true, body: z.strictObject({ language: z.enum(languages) }), answerFailure: problemPage("problem.back", () => "/") },
  async ({ request, body }) => {
    const answer = seeOtherHere(pageBefore(request.headers.get("referer")));
    const inFrame = isSecure() && request.headers.get("sec-fetch-dest") === "iframe";
    const attributes = inFrame ? frameCookieAttributes : cookieAttributes(isSecure());
    answer.cookies.set(languageCookieName, body.language, { ...attributes, maxAge: yearInSeconds });
    return answer;
  },
);

/** Our pages tell their address to ourselves alone (`Referrer-Policy: same-origin`), and only our own pages are let in here. */
function pageBefore(referrer: string | null): string {
  if (!referrer || !URL.canParse(referrer)) return "/";
  const { pathname, search } = new URL(referrer);
  return safeNextPath(pathname + search, "/");
}
