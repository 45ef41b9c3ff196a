/** A Space without a bucket: it works, and says everywhere that nothing lasts. */
import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { personNamed } from "../../dev/identity-provider/people.ts";
import { onlyWhere } from "../support/only-where.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent } from "../support/sign-in-by-http.ts";
import { spaceOrigin, startSpace } from "../support/space.ts";
import { expect, test } from "../support/test.ts";

const toEverybody = "No storage is attached, so pictures are gone when this Space restarts.";
const toTheOwner = "To keep them, attach a private storage bucket at /data";

// Scripts carry the words of the whole app.
const shownOf = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, "");

test.beforeEach(() => {
  const isContained = statSync("/").dev === statSync(tmpdir()).dev;
  onlyWhere(isContained, "temporary files lie on a volume of their own here, which counts as attached storage");
});

test("a Space without storage says on every page that pictures vanish, and to its owner what helps", async () => {
  const space = await startSpace({ environment: { SPACE_CREATOR_USER_ID: personNamed("the-owner").sub } });
  try {
    expect(shownOf(await (await space.client().request(spaceOrigin)).text())).toContain(toEverybody);
    for (const username of ["the-owner", newUsername()]) {
      const client = space.client();
      const { address } = await client.visit(`${spaceOrigin}/login?next=/gallery`);
      await answerConsent(client, address, { username });
      for (const page of ["/", "/gallery", "/account"]) {
        const shown = shownOf(await (await client.request(spaceOrigin + page)).text());
        expect(shown, page).toContain(toEverybody);
        expect(shown.includes(toTheOwner), `${page} for ${username}`).toBe(username === "the-owner");
      }
    }
    expect(await (await space.client().request(`${spaceOrigin}/api/ready`)).json()).toMatchObject({ status: "ok", storage: "ephemeral" });
  } finally {
    await space.close();
  }
});
