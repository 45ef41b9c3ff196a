import type { NextRequest } from "next/server";
import { z } from "zod";
import { signInPath } from "@/components/sign-in-path";
import { beginHandoff, readStartForm } from "@/lib/auth/embedded-sign-in";
import { safeNextPath } from "@/lib/auth/next-path";
import { seeOther } from "@/lib/auth/redirect";
import { askedScopeSchema } from "@/lib/auth/scopes";
import { currentUser } from "@/lib/auth/session";
import { afterHandoff } from "@/lib/auth/sign-in-destination";
import { startSignIn } from "@/lib/auth/start-sign-in";
import { problemPage } from "@/lib/http/problem-page";
import { publicRoute } from "@/lib/http/route";

/** What may travel on to the provider, and in which form; anything else is dropped. */
const parametersSchema = z.object({
  next: z
    .unknown()
    .optional()
    .transform((value) => safeNextPath(value)),
  prompt: z.enum(["consent", "login", "select_account"]).optional().catch(undefined),
  allow: askedScopeSchema,
  orgIds: z
    .string()
    .regex(/^[0-9a-f]{24}(?:,[0-9a-f]{24}){0,9}$/)
    .optional()
    .catch(undefined),
});

/** Starts a sign-in from a plain link. */
export const GET = publicRoute({ limit: "startSignIn", answerFailure: problemPage("problem.tryAgain", retryPath) }, ({ request }) =>
  startSignIn(request, parametersSchema.parse(Object.fromEntries(request.nextUrl.searchParams))),
);

/** Starts a sign-in from the embedded frame's badge, in a tab: the frame will claim a session of its own. */
export const POST = publicRoute(
  { limit: "startSignIn", answerFailure: problemPage("problem.signInHere", retryPath) },
  async ({ request }) => {
    const { challenge, ...wanted } = await readStartForm(request);
    const { next, allow, prompt } = wanted;
    if (!(await beginHandoff(request, challenge))) return seeOther(signInPath(wanted));
    const person = await currentUser();
    // Who is signed in here and has allowed it is only asked whether the frame may have it, too.
    const isEnough = person && !prompt && (!allow || person.scopes.includes(allow));
    return isEnough ? seeOther(afterHandoff(next)) : startSignIn(request, wanted);
  },
);

function retryPath(request: NextRequest): string {
  return signInPath({ next: safeNextPath(request.nextUrl.searchParams.get("next")) });
}
