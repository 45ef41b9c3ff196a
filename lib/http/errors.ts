/**
 * Every way a request can fail, with its HTTP status and the one sentence that a caller may read.
 * The set is closed: nothing else about a failure ever leaves the server; causes go to the log, under the same id.
 */
export const failures = {
  request_malformed: [400, "This request could not be understood. Reload the page and try again."],
  prompt_missing: [400, "Write a few words first: what should be in the picture?"],
  prompt_too_long: [400, "That prompt is too long. Shorten it to 4,000 characters or fewer."],
  prompt_unreadable: [400, "The prompt contains characters that cannot be kept. Remove control characters and try again."],
  size_unavailable: [400, "That size is not available. Choose one of the sizes in the list."],
  seed_out_of_range: [400, "A seed is a whole number from 0 to 4294967295. Change it, or leave it empty for a new one."],
  title_too_long: [400, "That title is too long. Shorten it to 200 characters or fewer."],
  selection_too_large: [400, "That is too many pictures at once. Select 5,000 or fewer."],
  cursor_invalid: [400, "This page of the gallery no longer exists. Reload the gallery."],
  not_in_trash: [409, "Only a picture in the trash can be erased for good. Move it to the trash first."],
  signed_out: [401, "You are signed out. Sign in to go on; what you wrote is still here."],
  foreign_origin: [403, "This request came from another page. Open this app itself and try again."],
  handoff_refused: [403, "This sign-in was not started from the embedded page. Go back there and start it again."],
  not_found: [404, "There is nothing here. It may have been erased, or the address is not right."],
  handoff_unknown: [404, "This sign-in was interrupted. Start it again."],
  method_not_allowed: [405, "That cannot be done here."],
  handoff_ended: [410, "This sign-in was not finished in time. Start it again."],
  body_too_large: [413, "That is more than can be sent at once. Shorten it and try again."],
  body_type_unsupported: [415, "This request could not be understood. Reload the page and try again."],
  too_many_waiting: [429, "Four of your pictures are in line already. Wait for one to finish, then make this one."],
  too_many_requests: [429, "That was too much at once. Wait a moment, then try again."],
  sign_in_unconfigured: [503, "Signing in is not set up on this Space yet. Its owner finds out how on the start page."],
  sign_in_expired: [400, "This sign-in was started too long ago, in another browser, or twice. Start it again."],
  sign_in_declined: [403, "You chose not to sign in. Nothing was shared."],
  scope_missing: [403, "This needs a permission that you have not given yet. Allow it at Hugging Face; what you wrote is still here."],
  scope_not_granted: [503, "This Space may not ask for that permission yet. Its owner finds the line to add in the log."],
  organization_required: [403, "This Space is open to members of certain organizations only. Sign in again to see which."],
  sign_in_refused: [
    502,
    "Hugging Face did not go on with this sign-in. Try again; if it stays, tell the owner of this Space the error id.",
  ],
  sign_in_malformed: [400, "This sign-in answer could not be understood. Start again from the page you came from."],
  provider_unreachable: [503, "Hugging Face could not be reached. Wait a moment and try again."],
  provider_nonsense: [502, "Hugging Face gave an answer that cannot be trusted. Nothing was changed; try again."],
  generator_unavailable: [503, "This engine is not available here. Choose another one."],
  generator_busy: [503, "Many pictures are in line here just now. Wait a moment, then try again."],
  generator_failed: [500, "The picture could not be made. Your prompt is still here; try once more."],
  username_differs: [400, "That is not your user name, so nothing was erased. Type it exactly as it is shown."],
  import_unreadable: [
    400,
    "This file is not a whole ZIP file of pictures from Keepsake. Download it again where it comes from, then try again.",
  ],
  import_too_large: [413, "That file is larger than can be taken in at once. Bring the pictures back in several files."],
  import_running: [429, "Pictures are being brought back already. Wait until that is done, then try again."],
  credits_used_up: [402, "Your credits at Hugging Face are used up. Make this one with the built-in engine, or add credits."],
  billing_refused: [403, "That organization does not pay for this. Choose another one, or pay with your own credits."],
  inference_refused: [403, "Hugging Face does not let this app run models in your name yet. Allow it again, then try once more."],
  access_ended: [401, "Hugging Face no longer accepts this sign-in. Sign in again; what you wrote is still here."],
  model_gated: [403, "The owner of this model asks you to accept its terms first. Accept them on its page, then try again."],
  model_gone: [410, "This model is no longer offered. Choose another one; your prompt is still here."],
  model_busy: [429, "This model is asked for too much just now. Wait a minute, or choose another one."],
  model_down: [503, "The service that runs this model does not answer as it should. Try again, or choose another model."],
  model_late: [504, "The picture did not come in time, and may still be billed. Try again, or choose another model."],
  model_refused: [422, "The service refused to make this picture. Change the words, then try again."],
  settings_refused: [422, "The model does not take these settings. Change the size or the settings, then try again."],
  model_nonsense: [502, "What the service sent is no whole picture. Try again, or choose another model."],
  model_oversized: [502, "What the service sent is too large to be kept. Choose another model or a smaller size."],
  space_gone: [
    410,
    "The Space that makes these pictures is private, or is there no more. Choose another engine; your prompt is still here.",
  ],
  space_asleep: [503, "The Space that makes these pictures was asleep, and is still waking up. Try again in a few minutes."],
  space_down: [503, "The Space that makes these pictures does not answer as it should. Try again, or choose another engine."],
  space_busy: [429, "Too many are in line at this Space just now. Wait a minute, then try again."],
  space_quota: [429, "Your GPU time on Spaces is used up for now. Wait until there is more, or make this one with the built-in engine."],
  space_late: [504, "The Space did not finish this picture in time. Try again, or choose another engine."],
  space_failed: [422, "The Space could not make this picture. Change the words or the settings, then try again."],
  space_unsuited: [
    501,
    "The Space that is set up here does not make pictures from words. Choose another engine; its owner finds the reason on the status page.",
  ],
  generation_cancelled: [409, "You stopped this picture. Your prompt is still here."],
  storage_unavailable: [503, "The picture could not be kept, because storage is not answering. Try again in a moment."],
  storage_full: [507, "The picture could not be kept, because storage is full. Make room, then try again."],
  unexpected: [500, "Something went wrong on our side. Try again; if it stays, tell the owner of this Space the error id."],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

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

/** The HTTP status and the public sentence of a code. */
export function describeFailure(code: FailureCode): { status: number; message: string } {
  const [status, message] = failures[code];
  return { status, message };
}

/** The body of every error answer. `id` names the log line; an expected failure (below 500) has none to name. */
export type FailureBody = { error: { code: FailureCode; message: string; id: string | null } };

/** Any thrown value as a Failure: one of ours as it is, everything else `unexpected` with the value as its cause. */
export function toFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure("unexpected", { cause: error });
}
