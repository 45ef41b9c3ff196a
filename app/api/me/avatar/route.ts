import { readAvatar } from "@/lib/auth/avatar";
import { currentPictureUrl } from "@/lib/auth/session";
import { privateHeaders, privateRoute } from "@/lib/http/route";

/** The picture of the person who is signed in. */
export const GET = privateRoute({}, async () => {
  const bytes = await readAvatar(await currentPictureUrl());
  return new Response(bytes, { headers: { ...privateHeaders, "cache-control": "private, max-age=3600", "content-type": "image/webp" } });
});
