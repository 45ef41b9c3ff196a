import type { ReactNode } from "react";

/**
 * Where messages come and are heard, at the window's lower edge. A modal dialog needs one of its own, for messages that come while it is open:
 * what lies beneath can then be neither heard nor reached. With a label it is a landmark of the page.
 */
export function MessagePlace({ label, children }: { label?: string; children?: ReactNode }) {
  return (
    <section
      data-messages
      aria-label={label}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-40 max-sm:bottom-[var(--bar-height,0px)]"
    >
      {children}
    </section>
  );
}

/** The place in the modal dialog that is open; null where none is. */
export function placeInDialog(): Element | null {
  return [...document.querySelectorAll("dialog:modal [data-messages]")].at(-1) ?? null;
}
