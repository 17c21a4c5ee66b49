import type { End, Exchange, Run } from '../../schemas/files/recording.ts';
import type { Deviation, Judgement, Latency } from '../../schemas/files/report.ts';
import type { Route } from '../../schemas/operation.ts';
import type { Requirement } from '../requirements/requirement.ts';
import { isUntested } from '../requirements/requirement.ts';
import { LatencyTally } from './latency.ts';
import { Tally } from './tally.ts';

interface Judging {
  readonly requirements: readonly Requirement[];
  /** What is declared for the target of the run. */
  readonly deviationsOf: (run: Run) => readonly Deviation[];
  /** Whether platform deviations fail the run too. */
  readonly strict: boolean;
}

/** The places in which a requirement is judged in a run; none where none of its routes was called. */
export function places(requirement: Requirement, routes: readonly Route[]): (Route | 'both')[] {
  if (isUntested(requirement) || requirement.scope === 'service') return ['both'];
  return routes.filter((route) => requirement.scope.includes(route));
}

/** Why calls have no answer, by how the firing ended. */
function silenceBy(end: End | undefined): string {
  if (end === undefined) return 'the run was interrupted before these calls';
  if (!end.complete) return end.reason ?? 'the run was stopped';
  return end.deferred === undefined
    ? 'no such request was sent'
    : 'the target put these calls off with 503 and Retry-After';
}

/**
 * Judges a recording: one pass over its lines, every requirement beside the others, in memory that
 * does not grow with the number of calls. Pure: the same lines give the same verdicts.
 */
export async function judge(
  lines: AsyncIterable<Run | Exchange | End>,
  { requirements, deviationsOf, strict }: Judging,
): Promise<{ run: Run; latency: Latency; judgements: Judgement[] }> {
  let run: Run | undefined;
  let end: End | undefined;
  let unreachable: string | undefined;
  let reached = false;
  let tallies: Tally[] = [];
  const latency = new LatencyTally();
  for await (const line of lines) {
    if ('run' in line) {
      const { routes } = line;
      run = line;
      tallies = requirements.flatMap((each) =>
        places(each, routes).map((place) => new Tally(each, place)),
      );
    } else if ('complete' in line) end = line;
    else if (run !== undefined) {
      if (line.failure?.kind === 'unreachable') unreachable ??= line.failure.detail;
      else reached = true;
      latency.add(line);
      for (const tally of tallies) tally.add(line, run);
    }
  }
  if (run === undefined) throw new Error('a recording begins with its run');
  const deviations = deviationsOf(run);
  const silence =
    reached || unreachable === undefined
      ? silenceBy(end)
      : `the target could not be reached: ${unreachable || 'no connection'}`;
  const judged = run;
  return {
    run,
    latency: latency.percentiles(),
    judgements: tallies.map((tally) => tally.judgement(judged, silence, deviations, strict)),
  };
}
