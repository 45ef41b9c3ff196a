import { type ReactNode, Suspense } from "react";

/** A change within this time is seen as a jump and not as progress, in ms. */
const noticeable = 200;

/** Shows the fallback only while content takes long enough to be waited for; what comes quickly comes at once, in its place. */
export async function UnlessQuick({ load, fallback }: { load: () => Promise<Awaited<ReactNode>>; fallback: ReactNode }) {
  // Begun here, where somebody listens should it fail.
  const content = load();
  const quick = await Promise.race([content, new Promise<null>((resolve) => setTimeout(resolve, noticeable, null))]);
  return quick ?? <Suspense fallback={fallback}>{content}</Suspense>;
}
