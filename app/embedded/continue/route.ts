import { approveHandoff } from "@/lib/auth/embedded-sign-in";
import { safeNextPath } from "@/lib/auth/next-path";
import { seeOther } from "@/lib/auth/redirect";
import { sessionToHandOver } from "@/lib/auth/session";
import { afterHandoff } from "@/lib/auth/sign-in-destination";
import { problemPage } from "@/lib/http/problem-page";
import { privateRoute } from "@/lib/http/route";

/** "Continue as @name in the embedded page": the signed-in person says yes, in the tab that the embedded badge opened. */
export const POST = privateRoute({ answerFailure: problemPage("problem.signIn", () => "/login") }, async ({ request }) => {
  const next = safeNextPath(request.nextUrl.searchParams.get("next"));
  await approveHandoff(await sessionToHandOver());
  return seeOther(afterHandoff(next));
});
