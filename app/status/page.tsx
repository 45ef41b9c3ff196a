import { notFound } from "next/navigation";
import { EnginesReport } from "@/components/status/engines-report";
import { SignInReport } from "@/components/status/sign-in-report";
import { StorageReport } from "@/components/status/storage-report";
import { isOwner, reportSignIn } from "@/lib/auth/owner";
import { requirePerson } from "@/lib/auth/session";
import { storageStatus } from "@/lib/gallery/gallery";
import { inspectEngines } from "@/lib/gallery/models";
import { currentWords, titled } from "@/lib/language/current";

export const generateMetadata = titled("title.status");

/** What is configured and what is missing, for the owner of the Space; to everybody else there is nothing here. */
export default async function StatusPage() {
  if (!isOwner(await requirePerson("/status"))) notFound();
  const words = await currentWords();
  return (
    <div className="page-edge">
      <div className="mx-auto max-w-3xl pt-6">
        <h1 className="pb-6 font-serif text-large">{words.say("status.title")}</h1>
        <SignInReport report={reportSignIn()} words={words} />
        <StorageReport report={await storageStatus()} words={words} />
        <EnginesReport engines={await inspectEngines()} words={words} />
      </div>
    </div>
  );
}
