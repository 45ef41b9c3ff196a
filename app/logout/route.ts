import { endSession } from "@/lib/auth/sign-out";
import { problemPage } from "@/lib/http/problem-page";
import { publicRoute } from "@/lib/http/route";

/** Ends the session in this browser; Hugging Face itself has no end-session endpoint. */
export const POST = publicRoute({ answerFailure: problemPage("Back", () => "/account") }, ({ request }) => endSession(request));
