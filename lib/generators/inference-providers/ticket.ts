/** What is kept of work that a provider has accepted: where to ask for it, and what was asked. No token and no prompt: but a negative prompt may be among the settings. */
import { z } from "zod";
import { Failure } from "@/lib/http/errors";

const askedSchema = z.object({
  provider: z.string(),
  model: z.string(),
  /** The settings as they were sent, for the manifest. */
  sent: z.record(z.string(), z.union([z.string(), z.number()])),
  seed: z.int().nonnegative(),
});

const ticketSchema = askedSchema.extend({
  /** A path of the router. */
  path: z.string().regex(/^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+(?:\?_subdomain=queue)?$/),
});

/** What was asked of whom. */
export type Asked = z.output<typeof askedSchema>;

export type Ticket = z.output<typeof ticketSchema>;

export function writeTicket(ticket: Ticket): string {
  return JSON.stringify(ticketSchema.parse(ticket));
}

/** @throws Failure `model_nonsense` when it is none */
export function readTicket(text: string): Ticket {
  try {
    return ticketSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure("model_nonsense", { cause });
  }
}
