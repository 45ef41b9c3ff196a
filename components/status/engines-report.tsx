import { Section } from "@/components/account/section";
import type { Words } from "@/lib/language/words";
import { Fact } from "./sign-in-report";

type EnginesReportProps = { engines: readonly { id: string; label: string; note: string; problem: string | null }[]; words: Words };

/** What makes pictures here, and what is wrong with how it is set up. */
export function EnginesReport({ engines, words: { known, say } }: EnginesReportProps) {
  return (
    <Section id="engines" title={say("status.engines")}>
      <dl className="flex w-full flex-col gap-4">
        {engines.map(({ id, label, note, problem }) => (
          <Fact key={id} term={known(`engine.${id}`) ?? label}>
            {known(`engine.${id}.note`) ?? note}
            {problem && (
              <span className="block text-danger" lang="en">
                {problem}
              </span>
            )}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}
