import { exportPictures } from "@/lib/gallery/export";
import { download } from "@/lib/http/download";
import { privateRoute } from "@/lib/http/route";

/** Everything that the person has made, as a ZIP file. */
export const GET = privateRoute({}, async ({ person }) => {
  const name = `keepsake-${person.username.replace(/[^A-Za-z0-9-]/g, "")}-${new Date().toISOString().slice(0, 10)}.zip`;
  return download({ ...(await exportPictures(person.id)), type: "application/zip", name });
});
