"use client";

import { Unlink } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Section } from "@/components/account/section";
import { request, sentenceOf } from "@/components/api-client";
import { buttonClass } from "@/components/button";
import { excerpt } from "@/components/excerpt";
import { useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import { Moment } from "@/components/moment";
import type { Share } from "@/lib/gallery/share";
import { CopyLink } from "./copy-link";

type LinksProps = {
  /** Null when they could not be read. */
  shares: readonly Share[] | null;
  asOf: number;
};

/** All links of a person: what each shows, for how long, and the way to end it. */
export function Links({ shares, asOf }: LinksProps) {
  const toast = useToast();
  const words = useWords();
  const { say } = words;
  const [revoked, setRevoked] = useState<ReadonlySet<string>>(new Set());
  const [revoking, setRevoking] = useState<string | null>(null);
  const present = shares?.filter(({ id }) => !revoked.has(id));

  // A link is said to be revoked when it is, and not before: somebody may count on it. With 202 only this server knows of it.
  async function revoke({ id }: Share) {
    setRevoking(id);
    try {
      const { status } = await request("DELETE", `/api/shares/${id}`);
      setRevoked((before) => new Set([...before, id]));
      toast(say(status === 202 ? "done.linkClosed" : "done.linkRevoked"));
    } catch (error) {
      toast(sentenceOf(words, error, "done.notDone"));
    } finally {
      setRevoking(null);
    }
  }

  return (
    <Section id="links" title={say("sharing.links")}>
      {!present && <p className="text-muted">{say("sharing.silent")}</p>}
      {present?.length === 0 && <p className="text-muted">{say("sharing.nothing")}</p>}
      {present && present.length > 0 && (
        <ul aria-label={say("sharing.links")} className="w-full">
          {present.map((share) => (
            <li key={share.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b border-line py-3 first:pt-0 last:border-b-0">
              <LinkFacts share={share} asOf={asOf} />
              <div className="flex gap-2">
                {share.state === "open" && <CopyLink path={share.path} kind="quiet" />}
                <button type="button" className={buttonClass("danger")} disabled={revoking !== null} onClick={() => void revoke(share)}>
                  <Unlink size={16} aria-hidden />
                  {say("sharing.revoke")}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function LinkFacts({ share, asOf }: { share: Share; asOf: number }) {
  const { say, pieces } = useWords();
  const { coverUrl, title, of, withWords, name, expiresAt, state } = share;
  const until =
    expiresAt &&
    pieces<"sharing.until", ReactNode>("sharing.until", { time: <Moment key="time" time={expiresAt} now={asOf} as="clock" /> });
  return (
    <>
      {coverUrl ? (
        <img src={coverUrl} alt="" loading="lazy" className="size-12 shrink-0 rounded-picture bg-wash object-cover" />
      ) : (
        <span className="size-12 shrink-0 rounded-picture border border-dashed border-edge" />
      )}
      <div className="min-w-0 flex-1 basis-48">
        <p dir="auto" className="truncate">
          {title === null ? say("sharing.gone") : excerpt(title)}
        </p>
        <p className="text-small text-muted">
          {[
            say(`sharing.of.${of}`),
            say(withWords ? "sharing.shownWords" : "sharing.hiddenWords"),
            ...(name === null ? [] : [say("sharing.shownName")]),
          ].join(" · ")}
          {" · "}
          {state === "open" ? (until ?? say("sharing.untilRevoked")) : say(`sharing.state.${state}`)}
        </p>
      </div>
    </>
  );
}
