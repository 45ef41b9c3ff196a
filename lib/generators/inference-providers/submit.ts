/** Asks for one picture at one provider. */
import { isWorthAnotherTry } from "@/lib/generators/elsewhere/failures";
import { attempts, pause } from "@/lib/generators/elsewhere/pause";
import { Failure } from "@/lib/http/errors";
import { type Call, send } from "./router";

/** The provider would not begin: nothing is billed, and another one may be asked. */
export class Refusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code, { cause: failure });
    this.failure = failure;
  }
}

/**
 * Asks, and asks again while the answer is a refusal that may pass.
 * @throws Refusal
 * @throws Failure when it may have been begun all the same
 */
export async function submit(call: Call, { url, init }: { url: string; init: RequestInit }): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(call, url, init);
    } catch (error) {
      if (!(error instanceof Failure) || /^model_(?:late|nonsense|oversized)$/.test(error.code)) throw error;
      if (!isWorthAnotherTry(error.code) || attempt >= attempts) throw new Refusal(error);
      await pause(call, attempt, error.retryAfterSeconds);
    }
  }
}
