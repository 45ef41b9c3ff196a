import { exportPictures } from "@/lib/gallery/export";
import { type SelectedIds, selectedIdsSchema } from "@/lib/gallery/requests";
import { download } from "@/lib/http/download";
import { problemPage } from "@/lib/http/problem-page";
import { privateRoute } from "@/lib/http/route";
import { site } from "@/lib/site";

/** Everything that the person has made, as a ZIP file. */
export const GET = privateRoute({ feature: "takeAlong", limit: "takeAlong" }, async ({ person }) => {
  return download({ ...(await exportPictures(person.id)), type: "application/zip", name: nameOf(person.username) });
});

/** The same of what was selected: a form sends the ids, so that the browser can save the answer as it comes. */
export const POST = privateRoute<unknown, SelectedIds>(
  {
    feature: "takeAlong",
    limit: "many",
    isForm: true,
    body: selectedIdsSchema,
    largestBodyBytes: 256 * 1024,
    answerFailure: problemPage("frame.openGallery", () => "/gallery"),
  },
  async ({ person, body }) =>
    download({ ...(await exportPictures(person.id, body.ids)), type: "application/zip", name: nameOf(person.username) }),
);

function nameOf(username: string): string {
  const place =
    site.name
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("-") ?? "pictures";
  return `${place}-${username.replace(/[^A-Za-z0-9-]/g, "")}-${new Date().toISOString().slice(0, 10)}.zip`;
}
