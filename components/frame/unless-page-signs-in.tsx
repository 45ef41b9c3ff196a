"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** The start page shows the badge itself, large; a person who may not enter is to sign in in another way. */
const pagesWithTheirOwn = ["/", "/organization"];

/** What leads to signing in, except where it would only compete with the page's own way. */
export function UnlessPageSignsIn({ children }: { children: ReactNode }) {
  return pagesWithTheirOwn.includes(usePathname()) ? null : children;
}
