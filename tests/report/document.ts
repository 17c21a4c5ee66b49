import type { Run } from '../../schemas/files/recording.ts';
import {
  type Latency,
  type Outcome,
  outcomes,
  type Report,
  type Sending,
  type Verdict,
} from '../../schemas/files/report.ts';
import { isWarning } from '../judge/wording.ts';

interface JudgedRun {
  readonly run: Run;
  readonly latency: Latency;
  readonly sending: Sending;
  /** How many requirements the suite can judge. */
  readonly requirements: number;
}

/** Puts a run's verdicts together; counts them, judges nothing. */
export function reportOf(
  { run, latency, sending, requirements }: JudgedRun,
  verdicts: readonly Verdict[],
): Report {
  const { target, baseUrl, startedAt, suiteVersion, seed, configuration } = run;
  const count = (outcome: Outcome) =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return {
    run: run.run,
    target,
    baseUrl,
    startedAt,
    suiteVersion,
    seed,
    latency,
    configuration,
    // What was not seen to the end is not kept, whatever was seen.
    failing: sending.interrupted === true || verdicts.some(({ failing }) => failing),
    sending,
    requirements,
    summary: Object.fromEntries(outcomes.map((outcome) => [outcome, count(outcome)])) as Record<
      Outcome,
      number
    >,
    verdicts,
  };
}

/** Deviations that fail nothing: of platform requirements, in a run that is not strict. */
export function warningsIn({ verdicts }: Report): Verdict[] {
  return verdicts.filter(isWarning);
}
