import { Section } from "@/components/account/section";
import { Fact } from "./sign-in-report";

type StorageReportProps = {
  report: {
    place: string;
    kind: "local" | "mounted" | "bucket" | "ephemeral";
    problem: string | null;
    backlog: { objects: number; oldestSeconds: number; problem: string | null } | null;
    leftOut: { damaged: number; unreadable: number } | null;
    catchingUp: boolean;
    alarm: string | null;
  };
};

const kinds: Record<StorageReportProps["report"]["kind"], string> = {
  local: "A folder on this machine’s disk",
  mounted: "A mounted volume",
  bucket: "An S3 bucket",
  ephemeral: "Inside this container only: pictures vanish when it restarts. Attach a private storage bucket at /data.",
};

/** Where pictures are kept, and whether they can be. */
export function StorageReport({ report: { place, kind, problem, backlog, leftOut, catchingUp, alarm } }: StorageReportProps) {
  return (
    <Section id="storage" title="Storage">
      <dl className="flex w-full flex-col gap-4">
        <Fact term="State">{problem ? <span className="text-danger">{problem}</span> : "Pictures are kept"}</Fact>
        <Fact term="Place">{place}</Fact>
        <Fact term="Kind">{kinds[kind]}</Fact>
        {backlog && backlog.objects > 0 && (
          <Fact term="Stored here, not yet saved">
            {backlog.objects.toLocaleString("en")} objects, the oldest for {backlog.oldestSeconds.toLocaleString("en")} s.{" "}
            {backlog.problem && <span className="text-danger">{backlog.problem}</span>}
          </Fact>
        )}
        {alarm && (
          <Fact term="Alarm">
            <span className="text-danger">{alarm}</span>
          </Fact>
        )}
        {catchingUp && <Fact term="Being read">Lists may still lack pictures that were made earlier or elsewhere.</Fact>}
        {leftOut && leftOut.damaged > 0 && (
          <Fact term="Hidden">{leftOut.damaged} that are damaged or incomplete; they are kept and looked at again</Fact>
        )}
        {leftOut && leftOut.unreadable > 0 && <Fact term="Unreadable at present">{leftOut.unreadable}</Fact>}
      </dl>
    </Section>
  );
}
