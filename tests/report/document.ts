import type { Run } from '../../schemas/files/recording.ts';
import {
  type Latency,
  type Outcome,
  outcomes,
  type Report,
  type Verdict,
} from '../../schemas/files/report.ts';

/** Puts a run's verdicts together; counts them, judges nothing. */
export function reportOf(run: Run, latency: Latency, verdicts: readonly Verdict[]): Report {
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
    failing: verdicts.some(({ failing }) => failing),
    summary: Object.fromEntries(outcomes.map((outcome) => [outcome, count(outcome)])) as Record<
      Outcome,
      number
    >,
    verdicts,
  };
}

/** Deviations that are advice: of platform requirements, in a run that is not strict. */
export function warningsIn({ verdicts }: Report): Verdict[] {
  return verdicts.filter(({ outcome, failing }) => outcome === 'deviates' && !failing);
}

/** The run in one line: what is red first, then the counts. */
export function sentenceOf(report: Report): string {
  const { summary, verdicts } = report;
  const advice = warningsIn(report).length;
  const counts = outcomes.flatMap((outcome) => {
    const count = outcome === 'deviates' ? summary[outcome] - advice : summary[outcome];
    return count > 0 || outcome === 'deviates' ? [`${count} ${plural(outcome, count)}`] : [];
  });
  if (advice > 0) counts.push(`${advice} advice`);
  const red = verdicts.filter((verdict) => verdict.failing).length;
  return `${red === 0 ? 'the contract is kept' : `${red} of ${verdicts.length} verdicts are red`}: ${counts.join(', ')}`;
}

function plural(outcome: Outcome, count: number): string {
  if (outcome === 'conforms') return count === 1 ? 'conforms' : 'conform';
  if (outcome === 'deviates') return count === 1 ? 'deviates' : 'deviate';
  return outcome.endsWith('deviation') && count !== 1 ? `${outcome}s` : outcome;
}
