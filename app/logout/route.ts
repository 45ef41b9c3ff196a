import { currentUser } from "@/lib/auth/session";
import { endSession } from "@/lib/auth/sign-out";
import { stopAllJobs } from "@/lib/gallery/jobs";
import { problemPage } from "@/lib/http/problem-page";
import { publicRoute } from "@/lib/http/route";

/**
 * Ends the session in this browser, or with `?everywhere=true` wherever there is one, and then also what was begun with them.
 * Hugging Face itself has no end-session endpoint.
 */
export const POST = publicRoute({ answerFailure: problemPage("problem.back", () => "/account") }, async ({ request }) => {
  const everywhere = request.nextUrl.searchParams.get("everywhere") === "true";
  const person = everywhere ? await currentUser() : null;
  if (person) stopAllJobs(person.id);
  return endSession({ everywhere });
});
