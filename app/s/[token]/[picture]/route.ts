import { answerFailure } from "@/app/s/answer-failure";
import { picturePage } from "@/app/s/shared-page";
import { openSharedPicture } from "@/lib/gallery/shared";
import { publicRoute } from "@/lib/http/route";

type Params = { token: string; picture: string };

/** One picture of a shared collection. */
export const GET = publicRoute<Params>({ feature: "sharing", limit: "sharedPage", answerFailure }, async ({ request, params }) => {
  const { token, picture: name } = params;
  const { picture, ...shared } = await openSharedPicture(token, name);
  return picturePage(request, token, `/s/${token}/${name}`, picture, shared);
});
