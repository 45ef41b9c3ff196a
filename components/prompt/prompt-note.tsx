import { SignInLink } from "@/components/embedded/sign-in-link";
import { allowModels } from "@/components/making/next-steps";
import type { MakingFailure } from "@/lib/gallery/generation";

type PromptNoteProps = { missing: boolean; length: number; longest: number; refusal: MakingFailure | null };

/** What stands beneath the prompt when something is to be said about it. */
export function PromptNote({ missing, length, longest, refusal }: PromptNoteProps) {
  const counts = length > longest * 0.9;
  const number = new Intl.NumberFormat("en");
  return (
    <div id="prompt-note" className="flex flex-wrap justify-between gap-x-4 px-4 text-small not-empty:pt-2">
      {(missing || refusal) && (
        <p role="alert" className="text-danger">
          {missing ? "Write a few words first: what should be in the picture?" : refusal?.message}{" "}
          {!missing && refusal?.code === "signed_out" && (
            <SignInLink next="/gallery" newTab className="quiet-link">
              Sign in again
            </SignInLink>
          )}
          {!missing && refusal?.code === "scope_missing" && (
            <SignInLink {...allowModels} className="quiet-link">
              Allow it
            </SignInLink>
          )}
        </p>
      )}
      {counts && (
        <p className={`ml-auto tabular-nums ${length > longest ? "text-danger" : "text-muted"}`}>
          {number.format(length)} of {number.format(longest)} characters
        </p>
      )}
    </div>
  );
}
