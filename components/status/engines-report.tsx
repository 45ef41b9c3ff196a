import { Section } from "@/components/account/section";
import { Fact } from "./sign-in-report";

type EnginesReportProps = { engines: readonly { label: string; note: string; problem: string | null }[] };

/** What makes pictures here, and what is wrong with how it is set up. */
export function EnginesReport({ engines }: EnginesReportProps) {
  return (
    <Section id="engines" title="Making pictures">
      <dl className="flex w-full flex-col gap-4">
        {engines.map(({ label, note, problem }) => (
          <Fact key={label} term={label}>
            {note}
            {problem && <span className="block text-danger">{problem}</span>}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}
