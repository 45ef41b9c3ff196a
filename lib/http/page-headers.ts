import "server-only";
import { config } from "@/lib/config";
import { contentSecurityPolicy } from "./content-security-policy";

// Only what Chromium knows: it warns of every other name. Bluetooth needs a gesture and a choice anyway.
const nothing = [
  ...["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "local-fonts", "magnetometer"],
  ...["microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"],
  "browsing-topics",
].map((feature) => `${feature}=()`);
const permissionsPolicy = [...nothing, "clipboard-write=(self)", "fullscreen=(self)"].join(", ");

/** Where this app is, for addresses that leave it. */
export const ownOrigin = (): string => config().origin;

/** Headers of every answer, whatever it is. */
export function commonHeaders(): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    ...(config().origin.startsWith("https:") && { "strict-transport-security": "max-age=31536000; includeSubDomains" }),
  };
}

/** The canonical origin, for addresses that leave the app: previews in other apps, and what search engines keep. */
export const publicOrigin = (): URL => new URL(config().origin);

/** Headers of every HTML answer. @param nonce base64, fresh for each answer */
export function pageHeaders(nonce: string): Record<string, string> {
  const { origin, oauth, development } = config();
  return {
    ...commonHeaders(),
    "content-security-policy": contentSecurityPolicy(nonce, { origin, issuer: oauth?.issuer }, development),
    "permissions-policy": permissionsPolicy,
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "private, no-store",
  };
}
