import { en } from "@/lib/messages/en";

/**
 * Every way a request can fail, with its HTTP status; the one sentence that a caller may read stands in `lib/messages` under its code.
 * The set is closed: nothing else about a failure ever leaves the server; causes go to the log, under the same id.
 */
export const failures = {
  request_malformed: 400,
  prompt_missing: 400,
  prompt_too_long: 400,
  prompt_unreadable: 400,
  size_unavailable: 400,
  seed_out_of_range: 400,
  title_too_long: 400,
  title_missing: 400,
  too_many_collections: 409,
  too_many_shares: 409,
  share_unknown: 404,
  share_ended: 410,
  selection_too_large: 400,
  cursor_invalid: 400,
  not_in_trash: 409,
  signed_out: 401,
  foreign_origin: 403,
  handoff_refused: 403,
  not_found: 404,
  handoff_unknown: 404,
  method_not_allowed: 405,
  handoff_ended: 410,
  body_too_large: 413,
  body_type_unsupported: 415,
  too_many_waiting: 429,
  too_many_requests: 429,
  sign_in_unconfigured: 503,
  sign_in_expired: 400,
  sign_in_declined: 403,
  scope_missing: 403,
  scope_not_granted: 503,
  organization_required: 403,
  sign_in_refused: 502,
  sign_in_malformed: 400,
  provider_unreachable: 503,
  provider_nonsense: 502,
  generator_unavailable: 503,
  generator_busy: 503,
  generator_failed: 500,
  username_differs: 400,
  import_unreadable: 400,
  import_too_large: 413,
  import_running: 429,
  import_interrupted: 408,
  credits_used_up: 402,
  billing_refused: 403,
  inference_refused: 403,
  access_ended: 401,
  model_gated: 403,
  model_gone: 410,
  model_busy: 429,
  model_down: 503,
  model_failed: 502,
  model_late: 504,
  model_refused: 422,
  settings_refused: 422,
  model_nonsense: 502,
  model_oversized: 502,
  space_gone: 410,
  space_asleep: 503,
  space_down: 503,
  space_busy: 429,
  space_quota: 429,
  space_late: 504,
  space_failed: 422,
  space_unsuited: 501,
  generation_cancelled: 409,
  storage_unavailable: 503,
  storage_full: 507,
  unexpected: 500,
} as const satisfies Record<string, number>;

export type FailureCode = keyof typeof failures;

/** A failure with a code from the closed set; the cause is for the log only. */
export class Failure extends Error {
  readonly code: FailureCode;
  /** When it makes sense to try again, in seconds from now. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: FailureCode, options?: { cause?: unknown; retryAfterSeconds?: number }) {
    super(code, options);
    this.name = "Failure";
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }

  // Next.js may load this module more than once in one process, while what is kept process-wide throws the failures of one copy.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "Failure";
  }
}

/** The HTTP status and the public sentence of a code, in the language of the API. Pages say it in the person's. */
export function describeFailure(code: FailureCode): { status: number; message: string } {
  return { status: failures[code], message: en[`error.${code}`] };
}

/** The body of every error answer. `id` names the log line; an expected failure (below 500) has none to name. */
export type FailureBody = { error: { code: FailureCode; message: string; id: string | null } };

/** Any thrown value as a Failure: one of ours as it is, everything else `unexpected` with the value as its cause. */
export function toFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure("unexpected", { cause: error });
}
