import { Section } from "@/components/account/section";
import type { Words } from "@/lib/language/words";
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
  words: Words;
};

/** Where pictures are kept, and whether they can be. */
export function StorageReport({ report, words: { number, say } }: StorageReportProps) {
  const { place, kind, problem, backlog, leftOut, catchingUp, alarm } = report;
  return (
    <Section id="storage" title={say("status.storage")}>
      <dl className="flex w-full flex-col gap-4">
        <Fact term={say("status.state")}>{problem ? <Trouble sentence={problem} /> : say("status.kept")}</Fact>
        <Fact term={say("status.place")}>{place}</Fact>
        <Fact term={say("status.kind")}>{say(`status.kind.${kind}`)}</Fact>
        {backlog && backlog.objects > 0 && (
          <Fact term={say("status.waiting")}>
            {say("status.waitingText", { objects: say("status.objects", { count: backlog.objects }), seconds: backlog.oldestSeconds })}{" "}
            {backlog.problem && <Trouble sentence={backlog.problem} />}
          </Fact>
        )}
        {alarm && (
          <Fact term={say("status.alarm")}>
            <Trouble sentence={alarm} />
          </Fact>
        )}
        {catchingUp && <Fact term={say("status.reading")}>{say("status.readingText")}</Fact>}
        {leftOut && leftOut.damaged > 0 && <Fact term={say("status.hidden")}>{say("status.hiddenText", { number: leftOut.damaged })}</Fact>}
        {leftOut && leftOut.unreadable > 0 && <Fact term={say("status.unreadable")}>{number(leftOut.unreadable)}</Fact>}
      </dl>
    </Section>
  );
}

/** What is wrong, as the log tells it: those sentences are in English alone. */
function Trouble({ sentence }: { sentence: string }) {
  return (
    <span className="text-danger" lang="en">
      {sentence}
    </span>
  );
}
