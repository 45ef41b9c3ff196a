/** Where a sign-in leads, however it ends: always a page of ours. */
import "server-only";
import type { NextRequest } from "next/server";
import { config } from "@/lib/config";
import type { Refusal } from "./admission";
import { callbackUrlCookieName, type FlowId, flowsAmong } from "./cookies";
import { safeNextPath } from "./next-path";
import { isSecure } from "./sign-in-context";

/** Where the person wanted to go: next-auth keeps it in a cookie of the sign-in. */
export function nextPathOf(request: NextRequest, flow: FlowId): string {
  const address = request.cookies.get(callbackUrlCookieName(flow, isSecure()))?.value ?? "";
  const { origin } = config();
  return safeNextPath(address.startsWith(`${origin}/`) ? address.slice(origin.length) : null);
}

/** Where the sign-in that was begun last in this browser is to lead, for starting it again. */
export function nextPathUnderWay(request: NextRequest): string {
  const flow = flowsAmong(request.cookies.getAll().map(({ name }) => name)).at(-1);
  return flow ? nextPathOf(request, flow) : safeNextPath(null);
}

/** The page of a path of ours, saying that nothing was allowed. */
export function withNotice(path: string): string {
  const url = new URL(path, config().origin);
  url.searchParams.set("notice", "declined");
  return url.href;
}

/** The page for who may not enter: it says what is missing. */
export function refusalPath({ reason, organizationId }: Refusal, next: string): string {
  const query = new URLSearchParams({ reason, next, ...(organizationId && { orgIds: organizationId }) });
  return `/organization?${query}`;
}

/** Where a tab ends that signed in for the embedded frame. @param next where one may continue in the tab: a path of ours, or its address */
export function afterHandoff(next: string): string {
  const { pathname, search } = new URL(next, config().origin);
  return `/embedded?next=${encodeURIComponent(pathname + search)}`;
}
