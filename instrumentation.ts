import type { Instrumentation } from "next";

/** Runs once when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("@/lib/startup");
  start();
}

/** A page that could not be rendered: it shows a digest, under which the cause stands in the log. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logError } = await import("@/lib/http/log");
  const { digest } = error as { digest?: string };
  logError(error, `page ${routePath}`, digest);
};
