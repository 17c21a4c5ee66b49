import type { End, Exchange, Run } from '../../schemas/files/recording.ts';
import type { Deviation, Judgement, Latency } from '../../schemas/files/report.ts';
import type { Place, Route } from '../../schemas/operation.ts';
import { isUntested, type Requirement } from '../requirements/requirement.ts';
import { LatencyTally } from './latency.ts';
import { type Grounds, Tally } from './tally.ts';
import { counted } from './text.ts';

interface Judging {
  readonly requirements: readonly Requirement[];
  /** What is declared for the target of the run. */
  readonly deviationsOf: (run: Run) => readonly Deviation[];
  /** Whether platform deviations fail the run too. */
  readonly strict: boolean;
}

/** What a recording was judged to: the run, its latency, and a judgement for each requirement and place. */
export interface Judged {
  readonly run: Run;
  readonly latency: Latency;
  /** Whether the run was ended before all was sent: killed, or stopped in order. */
  readonly isInterrupted: boolean;
  /** Requests that the target deferred, and that are not judged. */
  readonly deferred: number;
  readonly judgements: readonly Judgement[];
}

/** What was judged of a run that was ended early, and how many requirements can be judged. */
export interface EarlyEnd {
  readonly judged: Judged;
  readonly judgeable: number;
}

/** The places in which a requirement is judged in a run; none where none of its routes was asked. */
export function placesOf(requirement: Requirement, routes: readonly Route[]): Place[] {
  if (isUntested(requirement) || requirement.scope === 'service') return ['both'];
  return routes.filter((route) => requirement.scope.includes(route));
}

/**
 * Judges a recording: one pass over its lines, every requirement beside the others, in memory that
 * does not grow with the number of requests. Pure: the same lines give the same verdicts.
 */
export async function judge(
  lines: AsyncIterable<Run | Exchange | End>,
  { requirements, deviationsOf, strict }: Judging,
): Promise<Judged> {
  let run: Run | undefined;
  let end: End | undefined;
  let unreachable: Exchange['failure'];
  let reached = false;
  let sent = 0;
  let tallies: Tally[] = [];
  /** Those whose requests the run sent all. */
  let counting: Tally[] = [];
  const latency = new LatencyTally();
  for await (const line of lines) {
    if ('run' in line) {
      const { routes } = line;
      run = line;
      tallies = requirements.flatMap((each) =>
        placesOf(each, routes).map((place) => new Tally(each, place)),
      );
      counting = tallies.filter((tally) => tally.isSentBy(line));
    } else if ('complete' in line) end = line;
    else if (run !== undefined) {
      sent++;
      if (line.failure?.kind === 'unreachable') unreachable ??= line.failure;
      else reached = true;
      latency.add(line);
      for (const tally of counting) tally.add(line, run);
    }
  }
  if (run === undefined) throw new Error('a recording begins with its run');
  const isInterrupted = end?.interrupted ?? end === undefined;
  const silence = isInterrupted
    ? { reason: interruptedAfter(sent, end) }
    : silenceBy(end, reached ? undefined : unreachable);
  const grounds: Grounds = { run, silence, isInterrupted, deviations: deviationsOf(run), strict };
  const judgements = tallies.map((tally) => tally.judgement(grounds));
  const deferred = end?.deferred ?? 0;
  return { run, latency: latency.percentiles(), isInterrupted, deferred, judgements };
}

/** How far an interrupted run came. */
function interruptedAfter(sent: number, end: End | undefined): string {
  const left = end?.skipped === undefined ? '' : `, ${end.skipped} were not sent`;
  return `the run was interrupted after ${counted(sent, 'request')}${left}`;
}

/** Why requests have no response: nothing was reached, or by how the sending ended. */
function silenceBy(end: End | undefined, unreachable: Exchange['failure']): Grounds['silence'] {
  if (unreachable !== undefined) {
    const { detail, code } = unreachable;
    const reason = `the target could not be reached: ${detail || 'no connection'}`;
    return { reason, ...(code && { code }) };
  }
  if (!end?.complete) return { reason: end?.reason ?? 'the run was stopped' };
  return {
    reason:
      end.deferred === undefined
        ? 'no such request was sent'
        : 'the target deferred these requests, with 429 or with 503 and Retry-After',
  };
}
