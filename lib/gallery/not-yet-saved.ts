import { accountTombstones, type ErasedAccount, itemPrefix, tombstoneName } from "@/lib/gallery/layout";
import type { Outbox } from "@/lib/gallery/outbox";

/** True when something of an item or a document, its tombstone, or one of an account is not in the archive yet. */
export type IsWaiting = (what: string | Pick<ErasedAccount, "account">) => boolean;

/** What an outbox still holds. */
export function notYetSaved(outbox: Outbox): IsWaiting {
  return (what) =>
    typeof what === "string"
      ? outbox.has(tombstoneName(what)) || outbox.names(itemPrefix(what)).length > 0
      : outbox.names(accountTombstones(what.account)).length > 0;
}
