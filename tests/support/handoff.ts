/** The handoff as the embedded page and its tab walk it, without a browser: the same requests with the same headers. */
import { createHash, randomBytes } from "node:crypto";
import type { HttpClient } from "./http-client.ts";
import { spaceOrigin } from "./space.ts";

/** What Chromium sends when the form in the frame opens a tab. */
export const fromOurForm = {
  origin: spaceOrigin,
  "content-type": "application/x-www-form-urlencoded",
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
  "sec-fetch-user": "?1",
};
/** A fetch of the embedded page. */
export const fromOurFrame = {
  origin: spaceOrigin,
  "content-type": "application/json",
  "sec-fetch-site": "same-origin",
  "sec-fetch-dest": "empty",
};

export const newSecret = () => {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
};

type Asked = { headers?: Record<string, string>; next?: string; allow?: string };

/** Sends the form of the badge into a tab. */
export function beginHandoff(tab: HttpClient, challenge: string, { headers = fromOurForm, next = "/account", allow }: Asked = {}) {
  const body = new URLSearchParams({ challenge, next, ...(allow && { allow }) }).toString();
  return tab.request(`${spaceOrigin}/login`, { method: "POST", headers, body });
}

/** The frame asks for its session. */
export const claimHandoff = (frame: HttpClient, verifier: string, headers: Record<string, string> = fromOurFrame) =>
  frame.request(`${spaceOrigin}/api/handoff`, { method: "POST", headers, body: JSON.stringify({ verifier }) });
