import { type Exchange, isCreate, type Recording } from '../../schemas/files/recording.ts';
import type { Collapse, Judgement, Sending } from '../../schemas/files/report.ts';
import { evidenceOf } from './evidence.ts';
import { counted } from './text.ts';

export type Silence = { readonly reason: string } & Pick<Judgement, 'failureCode'>;

const isUnreachable = ({ failure }: Exchange) => failure?.kind === 'unreachable';
const isSilent = ({ response, failure }: Exchange) =>
  response === undefined && failure !== undefined;

export function sendingOf({ exchanges, end }: Recording): Sending {
  const { complete = false, ...rest } = end ?? { interrupted: true as const };
  const collapse = collapseIn(exchanges, complete);
  const requests = exchanges.filter((each) => !isUnreachable(each)).length;
  return { requests, complete, ...rest, collapse };
}

/** Requests without a response at the end: nothing listens any more, or a route fell silent. */
function collapseIn(exchanges: readonly Exchange[], complete: boolean): Collapse | undefined {
  if (exchanges.every(isUnreachable)) return undefined;
  const silent = exchanges.slice(exchanges.findLastIndex((each) => !isSilent(each)) + 1);
  const [first] = silent;
  const isGone = silent.some(isUnreachable);
  if (!isGone && hangsOnRefusals(exchanges, silent)) return undefined;
  if (first === undefined || silent.length < 2 || (complete && !isGone)) return undefined;
  return { ...evidenceOf(first), isGone };
}

/** Whether a route answers creates still, and is silent only to what has a requirement of its own. */
function hangsOnRefusals(exchanges: readonly Exchange[], silent: readonly Exchange[]) {
  const isFurther = ({ requestCase: { kind, requirement } }: Exchange) =>
    kind === 'probe' && requirement === undefined;
  const later = exchanges.slice(exchanges.findIndex(isSilent));
  const isAnswering = later.some((each) => isFurther(each) && !isSilent(each));
  return isAnswering && !silent.some((each) => isFurther(each) || isCreate(each.requestCase));
}

export function silenceOf({ exchanges }: Recording, sending: Sending): Silence {
  const { complete, requests, skipped, interrupted, reason, deferred, collapse } = sending;
  if (interrupted) {
    const left = skipped === undefined ? '' : `, ${skipped} were not sent`;
    return { reason: `the run was interrupted after ${counted(requests, 'request')}${left}` };
  }
  const failure = exchanges.every(isUnreachable) ? exchanges[0]?.failure : undefined;
  if (failure !== undefined) {
    const { detail, code } = failure;
    const why = `the target could not be reached: ${detail || 'no connection'}`;
    return { reason: why, failureCode: code };
  }
  if (collapse !== undefined)
    return { reason: `the target stopped answering during ${collapse.request}` };
  if (!complete) return { reason: reason ?? 'the run was stopped' };
  if (deferred === undefined) return { reason: 'no such request was sent' };
  return { reason: 'the target deferred these requests, with 429 or with 503 and Retry-After' };
}
