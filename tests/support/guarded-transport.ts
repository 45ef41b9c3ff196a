/** The guarded way to a provider, for measuring what its guards cost where everything else is the same. */
export { createTransport } from "@/lib/auth/transport";
