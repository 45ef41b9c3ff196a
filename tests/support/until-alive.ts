import type { Page } from "@playwright/test";

/** Pages whose scripts a test keeps away never answer; this long one waits for them, in ms. */
const mostMs = 3000;

/** Resolves when a page of the app answers: a click or a key before its scripts have taken over is lost. Any other page is left alone. */
export async function untilAlive(page: Page): Promise<void> {
  for (const begun = Date.now(); Date.now() - begun < mostMs; await page.waitForTimeout(20)) {
    // A page that is just leaving cannot be asked.
    const state = await page.evaluate(stateOf).catch(() => "loading");
    if (state !== "loading" || page.isClosed()) return;
  }
}

function stateOf(): "alive" | "loading" | "other" {
  if (!document.querySelector('script[src*="/_next/"]')) return "other";
  // React leaves this on every element that it has taken over, the last one last.
  const last = [...document.querySelectorAll("main, main *")].at(-1);
  return last && Object.keys(last).some((name) => name.startsWith("__reactProps$")) ? "alive" : "loading";
}

/** Lets `goto` and `reload` of a page wait for that, unless they are told what to wait for. */
export function waitingUntilAlive(page: Page): Page {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  return Object.assign(page, {
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
}
