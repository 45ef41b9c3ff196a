import type { ReactNode } from "react";

/** Pictures side by side in their true shapes. `children` are list items. */
export function LightTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="light-table">
      <ul aria-label={label}>{children}</ul>
    </div>
  );
}
