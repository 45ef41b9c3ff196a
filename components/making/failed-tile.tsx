"use client";

import { buttonClass } from "@/components/button";
import { SignInLink } from "@/components/embedded/sign-in-link";
import { formatSoon } from "@/components/format";
import { useWords } from "@/components/language/words-provider";
import type { MakingFailure } from "@/lib/gallery/making";
import type { Job } from "./making";
import { useMaking } from "./making-provider";
import { nextSteps } from "./next-steps";
import { useModels } from "./use-models";

/** What could not be made and why, each with what can be done now. Nothing of what was asked for is lost. */
export function FailedTiles({ jobs }: { jobs: readonly Job[] }) {
  const { say } = useWords();
  if (jobs.length === 0) return null;
  return (
    <ul aria-label={say("making.failed")} className="failed-tiles">
      {jobs.map((job) => job.state.phase === "failed" && <FailedTile key={job.key} job={job} failure={job.state.failure} />)}
    </ul>
  );
}

function FailedTile({ job, failure }: { job: Job; failure: MakingFailure }) {
  const words = useWords();
  const { say } = words;
  const { retry, stop, lookAgain } = useMaking();
  const isElsewhere = job.request.generator !== undefined && job.request.generator !== withBuiltIn.generator;
  const models = useModels(isElsewhere)?.[job.request.generator ?? ""] ?? [];
  const { repeat, otherModel, links, signIn } = nextSteps(failure.code, job.request, models);
  return (
    <li className="rise flex flex-col gap-2 rounded-picture border border-line bg-sheet p-4 text-small">
      <p className="line-clamp-2 shrink-0 text-muted" dir="auto">
        {job.request.prompt}
      </p>
      <p>
        {words.sentence(failure.code, failure.message)}
        {failure.resumable && ` ${say("making.mayBeMade")}`}
        {failure.retryAt && ` ${say("making.moreSoon", { when: formatSoon(words, Date.parse(failure.retryAt), Date.now()) })}`}
      </p>
      {(links.length > 0 || signIn) && (
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          {links.map(({ name, href }) => (
            <a key={href} href={href} target="_blank" rel="noopener" className="quiet-link">
              {say(name)}
            </a>
          ))}
          {signIn && (
            <SignInLink next="/gallery" prompt="consent" className="quiet-link" {...(signIn.allow && { allow: signIn.allow })}>
              {say(signIn.name)}
            </SignInLink>
          )}
        </p>
      )}
      {failure.id && (
        <details className="text-muted">
          <summary>{say("frame.details")}</summary>
          <p className="break-all">{say("frame.error", { id: failure.id })}</p>
        </details>
      )}
      <div className="mt-auto flex flex-wrap gap-2 pt-1">
        {failure.resumable && (
          <button type="button" className={buttonClass("primary")} onClick={() => lookAgain(job.key)}>
            {say("making.lookAgain")}
          </button>
        )}
        {isElsewhere && (
          <button
            type="button"
            className={buttonClass(failure.resumable ? "quiet" : "primary")}
            onClick={() => retry(job.key, withBuiltIn)}
          >
            {say("making.withBuiltIn")}
          </button>
        )}
        {repeat && !failure.resumable && (
          <button type="button" className={buttonClass(isElsewhere ? "quiet" : "primary")} onClick={() => retry(job.key)}>
            {say("frame.tryAgain")}
          </button>
        )}
        {otherModel && (
          <button type="button" className={buttonClass("quiet")} onClick={() => retry(job.key, { model: otherModel.id })}>
            {say("making.tryModel", { model: otherModel.name })}
          </button>
        )}
        <button type="button" className={buttonClass("plain")} onClick={() => void stop(job.key)}>
          {say("frame.dismiss")}
        </button>
      </div>
    </li>
  );
}

const withBuiltIn = {
  ...{ generator: "embedded", model: undefined, steps: undefined, guidance: undefined, negativePrompt: undefined, billTo: undefined },
};
