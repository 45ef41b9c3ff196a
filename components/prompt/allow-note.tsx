import { buttonClass } from "@/components/button";
import { SignInLink } from "@/components/embedded/sign-in-link";
import { allowModels } from "@/components/making/next-steps";

/** Models need a permission that is asked for only now. What is in the form is kept, and is there when one comes back. */
export function AllowNote() {
  return (
    <div className="mx-2.5 mb-2.5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-picture bg-wash px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-small">
        These models run on your Hugging Face account and use its credits. Allow it once; what you wrote is still here when you come back.
      </p>
      <SignInLink {...allowModels} className={buttonClass("primary")}>
        Allow it
      </SignInLink>
    </div>
  );
}
