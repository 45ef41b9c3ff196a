import { signInPath } from "@/components/sign-in-path";
import { finishSignIn } from "@/lib/auth/finish-sign-in";
import { nextPathUnderWay } from "@/lib/auth/sign-in-destination";
import { problemPage } from "@/lib/http/problem-page";
import { publicRoute } from "@/lib/http/route";

/** The redirect URI: where Hugging Face sends the person back to. */
export const GET = publicRoute(
  { limit: "finishSignIn", answerFailure: problemPage("problem.tryAgain", (request) => signInPath({ next: nextPathUnderWay(request) })) },
  ({ request }) => finishSignIn(request),
);
