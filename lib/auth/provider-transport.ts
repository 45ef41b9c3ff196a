import "server-only";
import { processWide } from "@/lib/process-wide";
import { createTransport, type TransportSettings } from "./transport";

/** The one way of this process to the provider: what it fetched once (discovery, keys) serves every sign-in and refresh. */
export function providerTransport({ issuer, clientId }: TransportSettings): typeof fetch {
  return processWide("transport", () => createTransport({ issuer, clientId }));
}
