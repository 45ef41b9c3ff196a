import { SignInLink } from "@/components/embedded/sign-in-link";
import { useWords } from "@/components/language/words-provider";
import { allowModels } from "@/components/making/next-steps";
import type { MakingFailure } from "@/lib/gallery/making";

type PromptNoteProps = { missing: boolean; length: number; longest: number; refusal: MakingFailure | null };

/** What stands beneath the prompt when something is to be said about it. */
export function PromptNote({ missing, length, longest, refusal }: PromptNoteProps) {
  const { say, sentence } = useWords();
  const counts = length > longest * 0.9;
  return (
    <div id="prompt-note" className="flex flex-wrap justify-between gap-x-4 px-4 text-small not-empty:pt-2">
      {(missing || refusal) && (
        <p role="alert" className="text-danger">
          {missing ? say("error.prompt_missing") : refusal && sentence(refusal.code, refusal.message)}{" "}
          {!missing && refusal?.code === "signed_out" && (
            <SignInLink next="/gallery" newTab className="quiet-link">
              {say("prompt.signInAgain")}
            </SignInLink>
          )}
          {!missing && refusal?.code === "scope_missing" && (
            <SignInLink {...allowModels} className="quiet-link">
              {say("prompt.allow")}
            </SignInLink>
          )}
        </p>
      )}
      {counts && (
        <p className={`ml-auto tabular-nums ${length > longest ? "text-danger" : "text-muted"}`}>
          {say("prompt.length", { length, longest })}
        </p>
      )}
    </div>
  );
}
