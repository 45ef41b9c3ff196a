import type { NextRequest } from "next/server";
import { z } from "zod";
import { beginHandoff, readStartForm } from "@/lib/auth/embedded-sign-in";
import { afterHandoff } from "@/lib/auth/finish-sign-in";
import { safeNextPath } from "@/lib/auth/next-path";
import { seeOther } from "@/lib/auth/redirect";
import { currentUser } from "@/lib/auth/session";
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
  allow: z
    .string()
    .regex(/^[a-z][a-z-]{1,39}$/)
    .optional()
    .catch(undefined),
  orgIds: z
    .string()
    .regex(/^[0-9a-f]{24}(?:,[0-9a-f]{24}){0,9}$/)
    .optional()
    .catch(undefined),
});

/** Starts a sign-in from a plain link. */
export const GET = publicRoute({ limit: "startSignIn", answerFailure: problemPage("Try again", retryPath) }, ({ request }) =>
  startSignIn(request, parametersSchema.parse(Object.fromEntries(request.nextUrl.searchParams))),
);

/** Starts a sign-in from the embedded frame's badge, in a tab: the frame will claim a session of its own. */
export const POST = publicRoute({ limit: "startSignIn", answerFailure: problemPage("Sign in here", retryPath) }, async ({ request }) => {
  const { challenge, next } = await readStartForm(request);
  if (!(await beginHandoff(request, challenge))) return seeOther(`/login?next=${encodeURIComponent(next)}`);
  return (await currentUser()) ? seeOther(afterHandoff(next)) : startSignIn(request, { next });
});

function retryPath(request: NextRequest): string {
  return `/login?next=${encodeURIComponent(safeNextPath(request.nextUrl.searchParams.get("next")))}`;
}
