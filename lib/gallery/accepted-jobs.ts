/**
 * Pictures that a service has taken on, and may bill, kept on local disk until they have come: after a restart they are picked up instead
 * of asked for and paid again. The access token is not among what is kept: the person's next request brings one.
 */
import "server-only";
import { outboxDatabase } from "@/lib/gallery/outbox/opened";
import { type GenerationRequest, generationRequestSchema } from "@/lib/gallery/requests";

export type AcceptedJob = { id: string; request: GenerationRequest; ticket: string };

/** Services do not keep results for longer than this, as far as it is known. */
const keptForMs = 24 * 60 * 60_000;

/** @throws Error of node:sqlite */
export function keepAccepted(owner: string, { id, request, ticket }: AcceptedJob): void {
  outboxDatabase()
    .prepare("INSERT OR REPLACE INTO accepted_jobs (id, owner, request, ticket, accepted_at) VALUES (?, ?, ?, ?, ?)")
    .run(id, owner, JSON.stringify(request), ticket, Date.now());
}

/** What was accepted for a person and has not come yet, oldest first. @throws Error of node:sqlite */
export function acceptedJobs(owner: string): AcceptedJob[] {
  const database = outboxDatabase();
  database.prepare("DELETE FROM accepted_jobs WHERE accepted_at < ?").run(Date.now() - keptForMs);
  const rows = database.prepare("SELECT id, request, ticket FROM accepted_jobs WHERE owner = ? ORDER BY accepted_at").all(owner);
  return rows.flatMap(({ id, request, ticket }) => {
    const parsed = generationRequestSchema.safeParse(JSON.parse(String(request)));
    return parsed.success ? [{ id: String(id), request: parsed.data, ticket: String(ticket) }] : [];
  });
}

/** @throws Error of node:sqlite */
export function forgetAccepted(id: string): void {
  outboxDatabase().prepare("DELETE FROM accepted_jobs WHERE id = ?").run(id);
}

/** @throws Error of node:sqlite */
export function forgetAllAccepted(owner: string): void {
  outboxDatabase().prepare("DELETE FROM accepted_jobs WHERE owner = ?").run(owner);
}
