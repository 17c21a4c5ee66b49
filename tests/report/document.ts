import type { Run } from '../../schemas/files/recording.ts';
import {
  type Latency,
  type Outcome,
  outcomes,
  type Report,
  type Verdict,
} from '../../schemas/files/report.ts';
import { counted } from '../judge/text.ts';
import { isWarning } from '../judge/wording.ts';

/** Puts a run's verdicts together; counts them, judges nothing. `deferred`: requests that the target deferred. */
export function reportOf(
  run: Run,
  latency: Latency,
  verdicts: readonly Verdict[],
  deferred = 0,
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
    ...(deferred > 0 && { deferred }),
    latency,
    configuration,
    failing: verdicts.some(({ failing }) => failing),
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

/** The run in one line: what fails first, then the counts. */
export function sentenceOf(report: Report): string {
  const { summary, verdicts } = report;
  const warnings = warningsIn(report).length;
  const counts = outcomes.flatMap((outcome) => {
    const count = outcome === 'deviates' ? summary[outcome] - warnings : summary[outcome];
    return count > 0 || outcome === 'deviates' ? [countOf(outcome, count)] : [];
  });
  if (warnings > 0) counts.push(counted(warnings, 'warning'));
  // Not a verdict, but what none of them has seen.
  if (report.deferred !== undefined)
    counts.push(`${counted(report.deferred, 'request')} deferred by the target and not judged`);
  const failing = verdicts.filter((verdict) => verdict.failing).length;
  const head =
    failing === 0 ? 'the contract is kept' : `${failing} of ${verdicts.length} verdicts fail`;
  return `${head}: ${counts.join(', ')}`;
}

function countOf(outcome: Outcome, count: number): string {
  if (outcome === 'conforms') return counted(count, 'conforms', 'conform');
  if (outcome === 'deviates') return counted(count, 'deviates', 'deviate');
  return outcome === 'error' || outcome.endsWith('deviation')
    ? counted(count, outcome)
    : `${count} ${outcome}`;
}
