import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { whenIdle } from "./when-idle";

type Later<Props extends object> = [Part: LazyExoticComponent<ComponentType<Props>>, fetch: () => () => void];

/**
 * A part of a page whose code is not needed at first: it comes when the part is shown, within a `Suspense`. Gives the part, and an effect that
 * fetches it before, when the browser has the leisure; what cannot be fetched then is fetched when it is shown.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  return [lazy(async () => ({ default: await load() })), () => whenIdle(() => void load().catch(() => undefined))];
}
