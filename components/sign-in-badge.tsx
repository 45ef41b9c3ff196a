"use client";

import { useWords } from "@/components/language/words-provider";
import { site } from "@/lib/site";

type BadgeSize = "sm" | "md" | "lg" | "xl";
type BadgeTheme = "light" | "dark" | "auto";

/** Pixels: widths of the drawings in `public/badges`, which can be replaced by the official ones of the same names. */
const dimensions: Record<BadgeSize, { width: number; height: number }> = {
  sm: { width: 185, height: 24 },
  md: { width: 223, height: 32 },
  lg: { width: 259, height: 40 },
  xl: { width: 290, height: 48 },
};

export type SignInBadgeProps = {
  /** Where one goes once signed in: a path of this app. */
  next?: string;
  size?: BadgeSize;
  theme?: BadgeTheme;
};

/**
 * The branded button. Signing in needs a tab of its own, since huggingface.co refuses to be framed; and a plain link, since a
 * router's prefetch would start a sign-in that nobody asked for.
 */
export function SignInBadge({ next = "/gallery", ...drawing }: SignInBadgeProps) {
  return (
    <a
      href={`/login?next=${encodeURIComponent(next)}`}
      target="_blank"
      rel="noopener"
      className="inline-block shrink-0 rounded-full transition-opacity hover:opacity-85"
    >
      <BadgeDrawing {...drawing} />
    </a>
  );
}

export function BadgeDrawing({ size = site.badge.size, theme = site.badge.theme }: Omit<SignInBadgeProps, "next">) {
  const { say } = useWords();
  const { width, height } = dimensions[size];
  const source = (dark: boolean) => `/badges/sign-in-with-huggingface-${size}${dark ? "-dark" : ""}.svg`;
  return (
    <picture>
      {theme === "auto" && <source srcSet={source(true)} media="(prefers-color-scheme: dark)" width={width} height={height} />}
      <img src={source(theme === "dark")} alt={say("frame.signIn")} width={width} height={height} className="block max-w-none" />
    </picture>
  );
}
