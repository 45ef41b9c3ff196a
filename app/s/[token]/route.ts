import { answerFailure } from "@/app/s/answer-failure";
import { collectionPage, picturePage } from "@/app/s/shared-page";
import { openShared } from "@/lib/gallery/shared";
import { publicRoute } from "@/lib/http/route";

/** What a link leads to, for whoever has it: no cookie is looked at, and nothing else becomes visible. */
export const GET = publicRoute<{ token: string }>(
  { feature: "sharing", limit: "sharedPage", answerFailure },
  async ({ request, params }) => {
    const { token } = params;
    const after = request.nextUrl.searchParams.get("after") ?? undefined;
    const shared = await openShared(token, { after });
    const [picture] = shared.pictures;
    if (shared.collection === null && picture) return picturePage(request, token, `/s/${token}`, picture, shared);
    return collectionPage(request, token, shared);
  },
);
