import { problemPage } from "@/lib/http/problem-page";

/** What a link that leads nowhere, or nowhere any more, answers. */
export const answerFailure = problemPage("problem.start", () => "/");
