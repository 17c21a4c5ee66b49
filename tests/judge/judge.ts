import type { End, Exchange, Run } from '../../schemas/files/recording.ts';
import type { Declared, Judgement, Latency, Sending } from '../../schemas/files/report.ts';
import type { Place, Route } from '../../schemas/operation.ts';
import { isUntested, type Requirement } from '../requirements/requirement.ts';
import { LatencyTally } from './latency.ts';
import { SendingTally } from './sending.ts';
import { type Grounds, Tally } from './tally.ts';
import { counted } from './text.ts';

interface Judging {
  readonly requirements: readonly Requirement[];
  /** What is declared for the target of the run. */
  readonly deviationsOf: (run: Run) => readonly Declared[];
  /** Whether platform deviations fail the run too. */
  readonly strict: boolean;
}

/** What a recording was judged to: the run, how it went, and a judgement for each requirement and place. */
export interface Judged {
  readonly run: Run;
  readonly latency: Latency;
  readonly sending: Sending;
  /** The exchange with which the target stopped answering, if it did. */
  readonly collapsed?: Exchange | undefined;
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
  let tallies: Tally[] = [];
  /** Those whose requests the run sent all. */
  let counting: Tally[] = [];
  const latency = new LatencyTally();
  const sent = new SendingTally();
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
      sent.add(line);
      latency.add(line);
      for (const tally of counting) tally.add(line, run);
    }
  }
  if (run === undefined) throw new Error('a recording begins with its run');
  const sending = sent.sending(end);
  const silence = silenceBy(sending, sent.unreachable);
  const isInterrupted = sending.interrupted === true;
  const grounds: Grounds = { run, silence, isInterrupted, deviations: deviationsOf(run), strict };
  const judgements = tallies.map((tally) => tally.judgement(grounds));
  const collapsed = sent.collapsed(sending);
  return { run, latency: latency.percentiles(), sending, collapsed, judgements };
}

/** Why requests have no response: nothing was reached, the target stopped answering, or the sending ended early. */
function silenceBy(
  { complete, requests, skipped, interrupted, reason, deferred, collapse }: Sending,
  unreachable: Exchange['failure'],
): Grounds['silence'] {
  if (interrupted) {
    const left = skipped === undefined ? '' : `, ${skipped} were not sent`;
    return { reason: `the run was interrupted after ${counted(requests, 'request')}${left}` };
  }
  if (unreachable !== undefined) {
    const { detail, code } = unreachable;
    const why = `the target could not be reached: ${detail || 'no connection'}`;
    return { reason: why, ...(code && { code }) };
  }
  if (collapse !== undefined)
    return { reason: `the target stopped answering during ${collapse.request}` };
  if (!complete) return { reason: reason ?? 'the run was stopped' };
  return {
    reason:
      deferred === undefined
        ? 'no such request was sent'
        : 'the target deferred these requests, with 429 or with 503 and Retry-After',
  };
}
