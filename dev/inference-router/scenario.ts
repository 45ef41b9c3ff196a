/** How a request is to go wrong: words in square brackets in its prompt, such as `[402]`, anywhere. Several may stand together. */
const ways = [
  ...["401", "402", "403", "403-org", "gated", "404", "410", "422", "429", "429-once", "500", "503", "503-once"],
  ...["slow", "stuck", "hang", "drop", "html", "malformed", "refused", "fails", "stumbles", "breaks"],
  ...["queue-full", "quota", "no-gpu", "cut", "silent", "foreign-file"],
  ...["truncated", "not-an-image", "huge", "private-redirect", "private-address", "late-file", "lost-file"],
] as const;

export type Way = (typeof ways)[number];

export function waysIn(prompt: string): ReadonlySet<Way> {
  return new Set(ways.filter((way) => prompt.includes(`[${way}]`)));
}

type Refusal = { status: number; body: object | string; headers?: Record<string, string> };

/** The answers that people have met, word for word where they are known. */
export const refusals: Partial<Record<Way, Refusal>> = {
  "401": { status: 401, body: { error: "Invalid credentials in Authorization header" } },
  "402": {
    status: 402,
    body: {
      error:
        "You have depleted your monthly included credits. Purchase pre-paid credits to continue using Inference Providers. Alternatively, subscribe to PRO to get 20x more included usage.",
    },
  },
  "403": {
    status: 403,
    body: { error: "This authentication method does not have sufficient permissions to call Inference Providers on behalf of user ada" },
  },
  "403-org": {
    status: 403,
    body: {
      error:
        "This authentication method does not have sufficient permissions to call Inference Providers on behalf of org analytical-society",
    },
  },
  gated: {
    status: 403,
    body: { error: "You cannot access this model unless the model owner gives you access. You can do so by accepting the terms." },
  },
  "404": { status: 404, body: { error: "Not Found" } },
  "410": { status: 410, body: { error: "The requested model is deprecated and no longer supported by provider hf-inference" } },
  "422": { status: 422, body: { detail: [{ loc: ["body", "num_inference_steps"], msg: "ensure this value is less than 13" }] } },
  refused: {
    status: 422,
    body: { detail: [{ loc: ["body", "prompt"], msg: "The content could not be processed.", type: "content_policy_violation" }] },
  },
  "429": { status: 429, body: { error: "Rate limit exceeded" } },
  "500": { status: 500, body: "<html><body><h1>500 Internal Server Error</h1></body></html>" },
  "503": { status: 503, body: { error: "Service Unavailable" } },
  html: { status: 200, body: "<!doctype html><title>A page of a proxy</title>" },
  malformed: { status: 200, body: { unexpected: true } },
};
