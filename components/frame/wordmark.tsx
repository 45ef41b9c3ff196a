import Link from "next/link";
import { site } from "@/lib/site";

export function Wordmark() {
  return (
    <Link href="/" className="flex min-h-11 shrink-0 items-center gap-2.5 rounded-full pr-2 font-serif text-[1.25rem] tracking-tight">
      <img src="/icon.svg" alt="" width={26} height={26} fetchPriority="low" />
      {/* On the narrowest phones the badge leaves room for the mark alone. */}
      <span className="max-[24rem]:group-has-[picture]/header:sr-only">{site.name}</span>
    </Link>
  );
}
