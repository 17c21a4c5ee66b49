import type { Exchange, Run } from '../../schemas/files/recording.ts';
import type { Declared, Outcome, RouteVerdict } from '../../schemas/files/report.ts';
import type { Place } from '../../schemas/operation.ts';
import {
  type Finding,
  isUntested,
  type Judged,
  type Requirement,
} from '../requirements/requirement.ts';
import { evidenceOf, isFailing, outcomeOf } from './outcome.ts';
import type { Silence } from './sending.ts';

/** Distinct received texts that a verdict names; of more than these only that there are more. */
const namedFindings = 3;

/** What a verdict rests on beside the exchanges. */
export interface Context {
  readonly run: Run;
  /** Why requests may not have been answered at all. */
  readonly silence: Silence;
  /** Whether the run was ended before all was sent: then only a deviation that was seen is sure. */
  readonly isInterrupted: boolean;
  readonly deviations: readonly Declared[];
  /** Whether platform deviations fail the run too. */
  readonly strict: boolean;
}

/** A finding with the exchange that shows it. */
interface Found {
  readonly finding: Finding;
  readonly exchange: Exchange;
}

/** What the exchanges in one place show of a requirement. */
interface Seen {
  /** Whether there was an exchange that could have shown it. */
  readonly any: boolean;
  /** How many were judged. */
  readonly requests: number;
  /** In the order of the requests. */
  readonly found: readonly Found[];
  readonly remark: string | undefined;
}

/** The verdict on a requirement in one place. `exchanges`: of the whole run, in the order in which they ended. */
export function routeVerdict(
  requirement: Requirement,
  route: Place,
  exchanges: readonly Exchange[],
  context: Context,
): RouteVerdict {
  const unjudged = (outcome: Outcome, reason: string, failureCode?: string): RouteVerdict => ({
    route,
    outcome,
    failing: outcome === 'error',
    received: '',
    requests: 0,
    failingRequests: 0,
    reason,
    ...(failureCode && { failureCode }),
  });
  if (isUntested(requirement)) return unjudged('untested', requirement.untested);
  const { run, silence, isInterrupted, deviations } = context;
  if (!isSent(requirement, run))
    return unjudged('untested', 'the recorded run was narrowed to other requirements');
  const unavailable = route === 'both' ? undefined : run.notApplicable[route];
  if (unavailable !== undefined) return unjudged('not applicable', unavailable);
  const here = exchanges.filter(
    ({ requestCase }) => route === 'both' || requestCase.route === route,
  );
  const seen = seenIn(requirement, here, run);
  if (!seen.any)
    return requirement.untestedReason === undefined
      ? unjudged('error', silence.reason, silence.code)
      : unjudged('untested', requirement.untestedReason);
  const isDeclared = declaredFor(requirement.id, route, deviations) !== undefined;
  // Of a run that was ended early only a deviation is sure, and only one that no further request could change.
  if (isInterrupted && (seen.found.length === 0 || requirement.onlyIfAll || isDeclared))
    return unjudged('error', silence.reason);
  if (seen.requests === 0) return unjudged('not applicable', requirement.notApplicableReason);
  return compared(requirement, route, seen, context);
}

/** Whether the run sent every request of the requirement. */
function isSent({ id, level }: Judged, { narrowedTo, levels }: Run): boolean {
  return (narrowedTo?.includes(id) ?? true) && (levels?.includes(level) ?? true);
}

function seenIn(requirement: Judged, exchanges: readonly Exchange[], run: Run): Seen {
  const check = requirement.createCheck();
  const remark = requirement.createRemark?.();
  for (const exchange of exchanges) {
    remark?.note(exchange);
    if (requirement.comparedWith?.(exchange.requestCase)) check(exchange, run);
  }
  let [any, requests] = [false, 0];
  const found: Found[] = [];
  for (const exchange of exchanges) {
    if (!requirement.requests(exchange.requestCase)) continue;
    const isJudged = requirement.when(exchange, run);
    const finding = isJudged ? check(exchange, run) : undefined;
    if (exchange.failure?.kind === 'unreachable' && finding === undefined) continue;
    any = true;
    if (isJudged) requests++;
    if (finding !== undefined) found.push({ finding, exchange });
  }
  // Requests in flight together end in any order; the first one sent is the evidence.
  found.sort((a, b) => a.exchange.requestCase.number - b.exchange.requestCase.number);
  return { any, requests, found, remark: remark?.text() };
}

/** The outcome, by what was found and what was declared. */
function compared(
  requirement: Judged,
  route: Place,
  { requests, found, remark }: Seen,
  { deviations, strict }: Context,
): RouteVerdict {
  const deviant = requirement.onlyIfAll && found.length < requests ? [] : found;
  const first = deviant[0];
  const received = first === undefined ? requirement.expected : summary(deviant);
  const own = declaredFor(requirement.id, route, deviations);
  const declared = own ?? declaredCause(first?.finding, received, route, deviations);
  const outcome = outcomeOf(first && received, declared);
  const detail = [first?.finding.detail, remark].filter(Boolean).join('; ');
  return {
    route,
    outcome,
    failing: isFailing(outcome, requirement, strict),
    received,
    requests,
    failingRequests: deviant.length,
    ...(declared && declarationOf(declared)),
    ...(detail !== '' && { detail }),
    ...(first && shared(deviant, first)),
  };
}

/** What every finding shows, and where the first one lies. */
function shared(found: readonly Found[], { finding, exchange }: Found): Partial<RouteVerdict> {
  const { status, kind, cause, wrong, part, header } = finding;
  const isAlike = (name: 'status' | 'kind' | 'received') =>
    found.every((each) => each.finding[name] === finding[name]);
  const isOneSymptom = isAlike('status') && isAlike('kind');
  return {
    ...(isOneSymptom && kind !== undefined && { kind }),
    ...(isOneSymptom && status !== undefined && { status }),
    ...(cause !== undefined && { cause: cause.requirement }),
    ...(wrong !== undefined && isAlike('received') && { wrong }),
    part,
    ...(header !== undefined && { header }),
    exchange: evidenceOf(exchange),
  };
}

/** The received texts in an order of their own, so that it does not depend on which request came first. */
function summary(found: readonly Found[]): string {
  const all = [...new Set(found.map(({ finding }) => finding.received))].sort();
  return all.length > namedFindings
    ? `${all.slice(0, namedFindings).join('; ')}; …`
    : all.join('; ');
}

function declaredFor(
  id: string,
  place: Place,
  deviations: readonly Declared[],
): Declared | undefined {
  return deviations.find(
    ({ requirement, route }) => requirement === id && (route ?? place) === place,
  );
}

/** The declaration of what the finding only repeats: one cause is one entry. */
function declaredCause(
  finding: Finding | undefined,
  received: string,
  place: Place,
  deviations: readonly Declared[],
): Declared | undefined {
  const { cause } = finding ?? {};
  const declared = cause && declaredFor(cause.requirement, place, deviations);
  return declared?.received === cause?.received && declared ? { ...declared, received } : undefined;
}

function declarationOf({ file, entry, since, until, received, reason, isOver }: Declared) {
  return {
    reason: `declared since ${since} as "${received}": ${reason}`,
    declared: { file, entry, ...(isOver && { over: until }) },
  };
}
