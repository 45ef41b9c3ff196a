/** What is the same about all inference providers, and what one has to say about itself. */
import type { ImageRequest } from "@/lib/generators/generator";
import type { FailureCode } from "@/lib/http/errors";

/** Settings that not every provider passes on to its models. */
export type Setting = "steps" | "guidance" | "negativePrompt" | "seed";

export type ProviderId = "hf-inference" | "fal-ai" | "replicate" | "together" | "nscale" | "deepinfra" | "wavespeed" | "zai-org";

/** One model at one provider, as the Hub maps it. */
export type Route = { provider: ProviderId; providerId: string; adapter?: string | undefined; adapterWeightsPath?: string | undefined };

export type Picture = { url: string } | { bytes: Uint8Array<ArrayBuffer> };

/** What an answer of a provider says. */
export type Reading =
  | { state: "queued"; position: number | null }
  | { state: "running" }
  /** The result lies at this path of the router. */
  | { state: "elsewhere"; path: string }
  | { state: "done"; picture: Picture; seed?: number | undefined }
  | { state: "failed"; code: FailureCode };

export type Provider = {
  id: ProviderId;
  /** As people know it. */
  name: string;
  passes: readonly Setting[];
  /** The parameters of a request in the provider's own words. */
  parameters: (request: ImageRequest, providerId: string) => Record<string, unknown>;
  /** What the answer to the request says, or a later answer at the ticket's path. Null: not in the provider's format. */
  read: (body: unknown, path: string | null) => Reading | null;
  /** Where to ask for a picture that was accepted but is not finished: a path of the router. Null when there is no such thing. */
  ticketPath: (body: unknown) => string | null;
  /** How to take back what was accepted. */
  cancel: ((path: string) => { method: "PUT" | "POST"; path: string }) | null;
  /** Hosts that results are fetched from: these names, or names beneath them. */
  resultHosts: readonly string[];
};
