import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import type { Declared, Evidence, Outcome, Verdict } from '../../schemas/files/report.ts';
import { excerpt } from '../requirements/match/excerpt.ts';

/** The outcome of a comparison. `received`: what was found, undefined: nothing; `declared`: what was expected to be found. */
export function outcomeOf(
  received: string | undefined,
  declared: Pick<Declared, 'received' | 'isOver'> | undefined,
): Outcome {
  if (received === undefined) return declared === undefined ? 'conforms' : 'stale deviation';
  if (declared === undefined) return 'deviates';
  // What was declared for a time that is over is not declared any more, and says so.
  return received === declared.received && !declared.isOver
    ? 'known deviation'
    : 'changed deviation';
}

/** Whether an outcome fails the run. `strict`: platform deviations do too. */
export function isFailing(
  outcome: Outcome,
  { level }: Pick<Verdict, 'level'>,
  strict: boolean,
): boolean {
  if (outcome === 'deviates') return strict || level !== 'platform';
  return ['changed deviation', 'stale deviation', 'error'].includes(outcome);
}

/** Where to find an exchange again: by its request, the time, the id that support asks for, and the line of the recording. */
export function evidenceOf({ requestCase, request, at, response, evidence }: Exchange): Evidence {
  const [requestId] = headerValues(response?.headers ?? [], 'request-id');
  const [clientRequestId] = headerValues(request.headers, requestIdHeader);
  return {
    request: `${requestCase.name} on /${requestCase.route}`,
    at,
    ...(requestId && { requestId: excerpt(requestId) }),
    ...(clientRequestId && { clientRequestId }),
    recorded: evidence ?? '',
  };
}
