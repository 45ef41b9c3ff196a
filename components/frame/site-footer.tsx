import { site } from "@/lib/site";

export function SiteFooter() {
  return (
    <footer className="page-edge mt-auto flex flex-wrap justify-between gap-x-6 gap-y-1 pt-16 pb-6 text-small text-muted">
      <p>
        {site.name}. {site.tagline}
      </p>
      <a href={site.duplicateUrl} rel="noopener" target="_blank" className="underline decoration-line underline-offset-4 hover:text-ink">
        Duplicate this Space
      </a>
    </footer>
  );
}
