/** Playwright's `test` with what every browser test needs: the app's address, a sign-in, and no error that goes unnoticed. */
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { authorize } from "./authorize.ts";
import { untilAlive, waitUntilPagesAreAlive } from "./until-alive.ts";

export { expect };

type SignInOptions = {
  /** Where to end, `/gallery` when nothing else is said. */
  next?: string;
  /** The page already shows the consent page: a link or a redirect led there. */
  started?: boolean;
};

type Fixtures = {
  /** The origin of the app under test. */
  app: string;
  /** Walks the real sign-in over the consent page. `username` may be one of the ready people or anyone. */
  signIn: (page: Page, username: string, options?: SignInOptions) => Promise<void>;
  /** Opens a page beside `page` that shares nothing with it: a phone's, a stranger's. It is closed with the test. */
  openPage: (options: BrowserContextOptions) => Promise<Page>;
  /** Console errors and page errors whose text matches are expected in this test. */
  allowErrors: (pattern: RegExp) => void;
  /** From now on storage has no room for what is sent to these addresses, a glob. */
  fillStorage: (page: Page, addresses: string) => Promise<void>;
};

export const test = base.extend<Fixtures>({
  app: async ({ baseURL }, use) => {
    if (!baseURL) throw new Error("the app under test is not running");
    await use(baseURL);
  },
  signIn: async ({ app }, use) => {
    await use(async (page, username, { next = "/gallery", started = false } = {}) => {
      if (!started) await page.goto(`${app}/login?next=${encodeURIComponent(next)}`);
      await authorize(page, username);
      await page.waitForURL((url) => url.origin === app && (started || url.pathname + url.search === next));
      await untilAlive(page);
    });
  },
  // Whatever a test opens is waited for and watched, whether or not it allows something.
  context: async ({ allowErrors: _watching, context }, use) => use(context),
  openPage: async ({ browser, allowErrors: _watching }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  allowErrors: async ({ browser }, use) => {
    const [seen, allowed]: [string[], RegExp[]] = [[], []];
    const lookAfter = (context: BrowserContext) => {
      waitUntilPagesAreAlive(context);
      watchErrors(context, seen);
    };
    browser.on("context", lookAfter);
    await use((pattern) => allowed.push(pattern));
    browser.off("context", lookAfter);
    const unexpected = seen.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors in the browser that the test did not allow (`allowErrors(/…/)` allows one)").toEqual([]);
  },
  fillStorage: async ({ allowErrors }, use) => {
    await use(async (page, addresses) => {
      allowErrors(/507/);
      // The page has its own sentence for the code.
      const error = { code: "storage_full", message: "For programs.", id: null };
      await page.route(addresses, (route) => route.fulfill({ status: 507, json: { error } }));
    });
  },
});

/** Collects what goes wrong in any page of a context; a violated content security policy is a console error, too. */
function watchErrors(context: BrowserContext, seen: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error") seen.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => seen.push(String(error.error().stack ?? error.error())));
}
