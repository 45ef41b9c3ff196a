/** What tests look at and touch on the pages of the gallery. */
import type { Locator, Page } from "@playwright/test";

/** The tiles of a list: the pictures, and on the gallery's first page what is in the making. */
export const tiles = (page: Page, list: string | RegExp = "Your pictures"): Locator =>
  page.getByRole("list", { name: list }).getByRole("listitem");

/** The tile in the gallery on which these words stand. */
export const tile = (page: Page, words: string): Locator => tiles(page).filter({ hasText: words });

/** The pictures of the gallery, each a link to itself. */
export const pictures = (page: Page): Locator => tiles(page).getByRole("link");

/** The picture that is open over the grid. */
export const viewer = (page: Page): Locator => page.getByRole("dialog", { name: "Picture" });

/** What can be done with a selection. */
export const bar = (page: Page): Locator => page.getByRole("toolbar", { name: "Selected pictures" });

/** How many pictures are selected, as it is announced. */
export const selected = (page: Page): Locator => page.getByRole("status").filter({ hasText: "selected" });
