import type { BrowserContext, Frame, Page } from "@playwright/test";

/** A page that has not answered by then never will, in ms. */
const mostMs = 20_000;

/**
 * Resolves when a page of the app answers: a click or a key before its scripts have taken over is lost. Any other page is left alone.
 * Throws when the scripts never do.
 */
export async function untilAlive(page: Page | Frame): Promise<void> {
  for (const begun = Date.now(); Date.now() - begun < mostMs; await page.waitForTimeout(20)) {
    // A page that is just leaving cannot be asked.
    const state = await page.evaluate(stateOf).catch(() => "loading");
    if (state !== "loading") return;
  }
  throw new Error(`the scripts of ${page.url()} never took over; \`waitUntil\` goes to a page without waiting for them`);
}

async function stateOf(): Promise<"alive" | "loading" | "other"> {
  if (!document.querySelector('script[src*="/_next/"]')) return "other";
  // React writes this on every element that it takes over, the last one last, …
  const last = [...document.querySelectorAll("main, main *")].at(-1);
  if (!last || !Object.keys(last).some((name) => name.startsWith("__reactProps$"))) return "loading";
  // … while it still renders: keys are listened for and pictures are laid out after that, and then the page rests.
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
  return "alive";
}

/** Lets `goto` and `reload` of every page that the context opens from now on wait for that, unless they are told what to wait for. */
export function waitUntilPagesAreAlive(context: BrowserContext): void {
  context.on("page", (page) => {
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    Object.assign(page, {
      async goto(...[url, options]: Parameters<Page["goto"]>) {
        const response = await goto(url, options);
        if (!options?.waitUntil) await untilAlive(page);
        return response;
      },
      async reload(...[options]: Parameters<Page["reload"]>) {
        const response = await reload(options);
        if (!options?.waitUntil) await untilAlive(page);
        return response;
      },
    });
  });
}
