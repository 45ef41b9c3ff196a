import { createHash } from "node:crypto";
import { readAvatar } from "@/lib/auth/avatar";
import { currentPictureUrl } from "@/lib/auth/session";
import { serveBytes } from "@/lib/http/bytes";
import { privateRoute } from "@/lib/http/route";

/** The picture of the person who is signed in. One address for everyone: the browser asks at every use whether it is still theirs. */
export const GET = privateRoute({}, async ({ request }) => {
  const bytes = await readAvatar(await currentPictureUrl());
  return serveBytes(request, { bytes, type: "image/webp", etag: createHash("sha256").update(bytes).digest("hex") });
});
