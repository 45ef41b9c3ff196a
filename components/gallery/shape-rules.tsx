import { site } from "@/lib/site";
import { shapeRules } from "./shape";

type ShapeRulesProps = { sizes: readonly { width: number; height: number }[]; nonce: string | undefined };

/** One rule per size, so that the grid has its final layout before any picture or script has loaded. */
export function ShapeRules({ sizes, nonce }: ShapeRulesProps) {
  // The browser hides the nonce from scripts, hence from hydration.
  return (
    <style nonce={nonce} suppressHydrationWarning>
      {`:root{--row:${site.rowHeight}px}${shapeRules(sizes)}`}
    </style>
  );
}
