import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EnginesReport } from "@/components/status/engines-report";
import { SignInReport } from "@/components/status/sign-in-report";
import { StorageReport } from "@/components/status/storage-report";
import { isOwner, reportSignIn } from "@/lib/auth/owner";
import { requirePerson } from "@/lib/auth/session";
import { storageStatus } from "@/lib/gallery/gallery";
import { inspectEngines } from "@/lib/gallery/models";

export const metadata: Metadata = { title: "Status" };

/** What is configured and what is missing, for the owner of the Space; to everybody else there is nothing here. */
export default async function StatusPage() {
  if (!isOwner(await requirePerson("/status"))) notFound();
  return (
    <div className="page-edge">
      <div className="mx-auto max-w-3xl pt-6">
        <h1 className="pb-6 font-serif text-large">Status of this Space</h1>
        <SignInReport report={reportSignIn()} />
        <StorageReport report={await storageStatus()} />
        <EnginesReport engines={await inspectEngines()} />
      </div>
    </div>
  );
}
