import { type ImportLine, importPictures } from "@/lib/gallery/import";
import { Failure, toFailure } from "@/lib/http/errors";
import { lines } from "@/lib/http/lines";
import { failureBody, logUnexpected, privateRoute } from "@/lib/http/route";

/** Takes in a ZIP file of `GET /api/export`; the answer is a line of JSON for each picture, and one at the end (`ImportLine`). */
export const POST = privateRoute({ feature: "takeAlong", limit: "takeAlong" }, async ({ request, person }) => {
  if (!/^application\/(?:x-)?zip/i.test(request.headers.get("content-type") ?? "")) throw new Failure("body_type_unsupported");
  const report = await importPictures(person.id, request.body ?? (async function* () {})());
  return lines<ImportLine>(report, (error) => {
    const failure = toFailure(error);
    return { type: "failed", error: failureBody(failure, logUnexpected(failure, "bringing pictures back")).error };
  });
});
