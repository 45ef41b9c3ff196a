import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { whenIdle } from "./when-idle";

type Later<Props extends object> = [Part: LazyExoticComponent<ComponentType<Props>>, fetch: () => () => void];

/**
 * A part of a page whose code is not needed at first. Show it in a transition, within a `Suspense` that was there before: it then comes as soon as
 * its code has. Gives the part, and an effect that fetches it before, when the browser has the leisure. What cannot be had even when it is shown,
 * such as after a new version was deployed, comes with the page at its address, which is loaded anew.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  const Part = lazy(async () => ({ default: await load().catch(loadPageAnew) }));
  return [Part, () => whenIdle(() => void load().catch(() => undefined))];
}

function loadPageAnew(): Promise<never> {
  location.reload();
  return new Promise(() => {});
}
