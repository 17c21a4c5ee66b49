import type { Level } from '../../fixtures/configuration/configuration.ts';
import type { Route } from '../../fixtures/configuration/target.ts';
import { type End, everythingSent, type Run } from '../../fixtures/recording/writer.ts';
import type { Exchange } from '../../schemas/files/recording.ts';
import { isUntested } from '../requirements/index.ts';
import type { Part, Requirement } from '../requirements/requirement.ts';
import type { Deviation } from './known-deviations.ts';
import { type Latency, LatencyTally } from './latency.ts';
import { Tally } from './tally.ts';

export const outcomes = [
  'conforms',
  'deviates',
  'known deviation',
  'changed deviation',
  'stale deviation',
  'not applicable',
  'untested',
  'not judged',
] as const;
export type Outcome = (typeof outcomes)[number];

/** A requirement against what a target answered, on one route or (`both`) over both. */
export interface Verdict {
  readonly requirement: string;
  readonly level: Level;
  readonly source: string;
  readonly text: string;
  readonly route: Route | 'both';
  readonly outcome: Outcome;
  /** Whether it fails the run. */
  readonly failing: boolean;
  readonly expected: string;
  readonly received: string;
  readonly detail?: string;
  readonly part?: Part;
  /** Why it is not applicable, untested or not judged; or why the deviation is declared. */
  readonly reason?: string;
  readonly requests: number;
  readonly failingRequests: number;
  /** The first exchange that shows the finding. */
  readonly exchange?: Evidence;
}

export interface Evidence {
  readonly request: string;
  readonly at: string;
  readonly requestId?: string;
  /** File and line of the recording. */
  readonly recorded: string;
}

/** A verdict, and the exchange behind it for whoever shows it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly exchange?: Exchange;
}

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
  return end.end === everythingSent && end.deferred !== undefined
    ? 'the target put these calls off with 503 and Retry-After'
    : end.end;
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
    } else if ('end' in line) end = line;
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
