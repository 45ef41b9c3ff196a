/** Classes of a button or a link that looks like one: `primary` once per view, `quiet` for most, `plain` without an edge. */
export function buttonClass(kind: "primary" | "quiet" | "plain" | "danger"): string {
  return `${base} ${kinds[kind]}`;
}

const base =
  "inline-flex min-h-11 shrink-0 items-center justify-center gap-2 rounded-full px-5 text-small font-medium whitespace-nowrap " +
  "transition-colors disabled:cursor-default disabled:opacity-50 aria-disabled:opacity-50";

const kinds = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  quiet: "border border-line bg-sheet text-ink hover:border-edge",
  plain: "text-ink hover:bg-wash",
  danger: "border border-line bg-sheet text-danger hover:border-danger",
} as const;
