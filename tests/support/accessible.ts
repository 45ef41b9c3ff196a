import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * Axe finds nothing on the page, at the end to which every animation leads: half faded in, any colour lacks contrast. `state` says in the
 * report where that was, `within` is the selector of the one part to look at.
 */
export async function expectAccessible(page: Page, { state, within }: { state?: string; within?: string } = {}): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (Number.isFinite(Number(animation.effect?.getComputedTiming().endTime))) animation.finish();
    }
  });
  const axe = new AxeBuilder({ page });
  const { violations } = await (within ? axe.include(within) : axe).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  expect(found, state).toEqual([]);
}
