/** Every switch of lib/site.ts: what is off is on no page, and its addresses answer as if there were nothing. */
import { globSync, readFileSync } from "node:fs";
import { NextRequest } from "next/server";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Toaster } from "@/components/feedback/toaster";
import { GallerySelection } from "@/components/gallery/gallery-selection";
import { ShelvesProvider } from "@/components/gallery/shelves-provider";
import { WordsProvider } from "@/components/language/words-provider";
import { MakingProvider } from "@/components/making/making-provider";
import type { Generation } from "@/lib/gallery/generation";
import { generatorFor, listGenerators } from "@/lib/generators";
import { clientMessages, messages } from "@/lib/language/languages";
import { features } from "@/lib/site";

type Feature = keyof typeof features;

const switches = vi.hoisted(() => ({ off: null as string | null }));

vi.mock("@/lib/site", async (original) => {
  const site = await original<typeof import("@/lib/site")>();
  return { ...site, features: new Proxy(site.features, { get: (all, name) => name !== switches.off && Reflect.get(all, name) }) };
});
// Nobody is signed in: what is there asks for a person, what is not does not even do that.
vi.mock("next/headers", () => ({ cookies: async () => new Map(), headers: async () => new Headers() }));

beforeEach(() => {
  switches.off = null;
});

const origin = "http://localhost:7860";
const addresses = globSync("app/**/route.ts").map((file) => ({ file, source: readFileSync(file, "utf8") }));

/** Every handler behind a switch, found by what its file says. */
const switched = addresses.flatMap(({ file, source }) =>
  [...source.matchAll(/export const (GET|POST|PATCH|DELETE) = privateRoute[^(]*\(\s*\{[^}]*?feature: "(\w+)"/g)].map(
    ([, method = "", feature = ""]) => ({
      ...{ file, method, feature: feature as Feature },
    }),
  ),
);

test("every switch but those that only a page knows has handlers behind it, and each kind of handler has a switch", () => {
  expect(new Set(switched.map(({ feature }) => feature))).toEqual(new Set(Object.keys(features).filter((name) => name !== "compare")));
  const unswitched = addresses.filter(
    ({ file, source }) => /collections|export|import|models/.test(file) && /= privateRoute[^(]*\((?!\s*\{[^}]*feature:)/.test(source),
  );
  expect(unswitched.map(({ file }) => file)).toEqual([]);
});

test.each(switched)("$method of $file is there, and with $feature off it is not", async ({ file, method, feature }) => {
  const handlers = (await import(/* @vite-ignore */ `../../${file}`)) as Record<
    string,
    (request: NextRequest, context: object) => Promise<Response>
  >;
  const ask = async () => {
    const request = new NextRequest(`${origin}/${file}`, { method, headers: { origin } });
    return (await handlers[method]?.(request, { params: Promise.resolve({ id: "x" }) }))?.status;
  };
  expect(await ask()).toBe(401);
  switches.off = feature;
  expect(await ask()).toBe(404);
});

describe("the page", () => {
  const item = (id: string) =>
    ({
      id,
      prompt: id,
      title: null,
      width: 8,
      height: 8,
      seed: 1,
      favorite: false,
      collections: [],
      imageUrl: "/i",
      thumbnailUrl: "/t",
    }) as unknown as Generation;
  const selection = {
    items: [item("a"), item("b")],
    has: () => true,
    choose: () => undefined,
    all: () => undefined,
    clear: () => undefined,
  };
  const bar = () =>
    renderToStaticMarkup(
      <WordsProvider language="en" messages={clientMessages.en}>
        <Toaster>
          <ShelvesProvider>
            <MakingProvider signedIn={false}>
              <GallerySelection selection={selection} loaded={2} actions={{} as never} within={undefined} />
            </MakingProvider>
          </ShelvesProvider>
        </Toaster>
      </WordsProvider>,
    );

  test.each([
    ["compare", "Compare"],
    ["collections", messages.en["collections.add"]],
    ["takeAlong", "Download"],
  ] as const)("with %s on offers %s for a selection, and with it off does not", (feature, label) => {
    expect(bar()).toContain(`aria-label="${label}"`);
    switches.off = feature;
    expect(bar()).not.toContain(`aria-label="${label}"`);
  });

  test("offers models only where they are on, and nothing makes a picture with one where they are off", () => {
    expect(listGenerators().some(({ hasModels }) => hasModels)).toBe(true);
    switches.off = "models";
    expect(listGenerators().map(({ id }) => id)).toEqual(["embedded"]);
    expect(() => generatorFor("inference-providers")).toThrow("generator_unavailable");
  });

  /** What else stands on pages asks its switch where it is put. */
  test.each([
    ["collections", "components/gallery/gallery-view.tsx", "<CollectionsStrip"],
    ["collections", "components/picture/picture-actions.tsx", "<CollectDialog"],
    ["sharing", "app/account/page.tsx", "<Links"],
    ["sharing", "components/collections/collection-heading.tsx", "<ShareButton"],
    ["sharing", "components/picture/picture-actions.tsx", "<ShareButton"],
    ["takeAlong", "app/account/page.tsx", "<TakeAlong"],
  ])("asks for %s before it shows %s's %s", (feature, file, element) => {
    const source = readFileSync(file, "utf8");
    const asked = source.lastIndexOf(`features.${feature} &&`, source.indexOf(element));
    expect(asked).toBeGreaterThan(-1);
    expect(source.slice(asked, source.indexOf(element)).match(/^ {6}\)\}$/m)).toBeNull();
  });
});
