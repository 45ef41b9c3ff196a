"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** The start page shows the badge itself, large; a second one would only compete with it. */
export function NotOnStartPage({ children }: { children: ReactNode }) {
  return usePathname() === "/" ? null : children;
}
