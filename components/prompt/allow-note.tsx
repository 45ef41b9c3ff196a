import { buttonClass } from "@/components/button";
import { SignInLink } from "@/components/embedded/sign-in-link";
import { useWords } from "@/components/language/words-provider";
import { allowModels } from "@/components/making/next-steps";

/** Models need a permission that is asked for only now. What is in the form is kept, and is there when one comes back. */
export function AllowNote() {
  const { say } = useWords();
  return (
    <div className="mx-2.5 mb-2.5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-picture bg-wash px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-small">{say("prompt.allowText")}</p>
      <SignInLink {...allowModels} className={buttonClass("primary")}>
        {say("prompt.allow")}
      </SignInLink>
    </div>
  );
}
