import "server-only";
import { processWide } from "@/lib/process-wide";
import { createTransport, type TransportSettings } from "./transport";

/**
 * The way of this process to the provider: what it fetched once (discovery, keys) serves every sign-in and refresh.
 * @param withinMs a deadline over all calls that are made with what is given back, counted from now
 */
export function providerTransport({ issuer, clientId }: TransportSettings, withinMs: number): typeof fetch {
  const shared = processWide("transport", () => createTransport({ issuer, clientId }));
  const signal = AbortSignal.timeout(withinMs);
  return (input, init) => shared(input, { ...init, signal });
}
