import { Section } from "@/components/account/section";
import { Fact } from "./sign-in-report";

type StorageReportProps = {
  report: {
    place: string;
    kind: "local" | "mounted" | "bucket" | "ephemeral";
    problem: string | null;
    leftOut: { damaged: number; unreadable: number } | null;
  };
};

const kinds: Record<StorageReportProps["report"]["kind"], string> = {
  local: "A folder on this machine’s disk",
  mounted: "A mounted volume",
  bucket: "An S3 bucket",
  ephemeral: "Inside this container only: pictures vanish when it restarts. Attach a private storage bucket at /data.",
};

/** Where pictures are kept, and whether they can be. */
export function StorageReport({ report: { place, kind, problem, leftOut } }: StorageReportProps) {
  const unread = leftOut ? leftOut.damaged + leftOut.unreadable : 0;
  return (
    <Section id="storage" title="Storage">
      <dl className="flex w-full flex-col gap-4">
        <Fact term="State">{problem ? <span className="text-danger">{problem}</span> : "Pictures are kept"}</Fact>
        <Fact term="Place">{place}</Fact>
        <Fact term="Kind">{kinds[kind]}</Fact>
        {unread > 0 && <Fact term="Objects that could not be read">{unread}</Fact>}
      </dl>
    </Section>
  );
}
