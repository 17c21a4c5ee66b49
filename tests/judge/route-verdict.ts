import type { Run } from '../../schemas/files/recording.ts';
import type { Declared, Outcome, RouteVerdict } from '../../schemas/files/report.ts';
import type { Place } from '../../schemas/operation.ts';
import type { Answer } from '../requirements/answer.ts';
import type { Finding } from '../requirements/match/finding.ts';
import { isUntested, type Judged, judges, type Requirement } from '../requirements/requirement.ts';
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

/** A finding with the answer that shows it. */
interface Found {
  readonly finding: Finding;
  readonly answer: Answer;
}

/** What the answers in one place show of a requirement. */
interface Seen {
  /** Those that could have shown it. */
  readonly asked: readonly Answer[];
  /** How many of them were judged. */
  readonly requests: number;
  /** In the order of the requests. */
  readonly found: readonly Found[];
  readonly remark: string | undefined;
}

/** The verdict on a requirement in one place. `all`: the answers of the whole run, in the order in which they ended. */
export function routeVerdict(
  requirement: Requirement,
  route: Place,
  all: readonly Answer[],
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
  const answers = all.filter(({ requestCase }) => route === 'both' || requestCase.route === route);
  const seen = seenIn(requirement, answers, run);
  if (seen.asked.length === 0)
    return requirement.untestedReason === undefined
      ? unjudged('error', silence.reason, silence.code)
      : unjudged('untested', requirement.untestedReason);
  const isDeclared = declaredFor(requirement.id, route, deviations) !== undefined;
  // Of a run that was ended early only a deviation is sure, and only one that no further request could change.
  if (isInterrupted && (seen.found.length === 0 || requirement.onlyIfAll || isDeclared))
    return unjudged('error', silence.reason);
  if (seen.requests === 0) {
    const notKept = seen.asked.find(({ notKept }) => notKept !== undefined)?.notKept;
    return notKept === undefined
      ? unjudged('not applicable', requirement.notApplicableReason)
      : unjudged('untested', `the body of the response is not kept: ${notKept}`);
  }
  return compared(requirement, route, seen, context);
}

/** Whether the run sent every request of the requirement. */
function isSent({ id, level }: Judged, { narrowedTo, levels }: Run): boolean {
  return (narrowedTo?.includes(id) ?? true) && (levels?.includes(level) ?? true);
}

function seenIn(requirement: Judged, answers: readonly Answer[], run: Run): Seen {
  const asked: Answer[] = [];
  const earlier: Answer[] = [];
  const found: Found[] = [];
  for (const answer of answers) {
    const isOwn = judges(requirement, answer.requestCase);
    if (!isOwn && !(requirement.everyCreated && answer.saysCreated)) continue;
    const isJudged = requirement.when(answer, run);
    if (!isOwn && !isJudged) continue;
    const finding = isJudged ? requirement.check(answer, { run, answers, earlier }) : undefined;
    if (answer.failure?.kind === 'unreachable' && finding === undefined) continue;
    asked.push(answer);
    if (isJudged) earlier.push(answer);
    if (finding !== undefined) found.push({ finding, answer });
  }
  // Requests in flight together end in any order; the first one sent is the evidence.
  found.sort((a, b) => a.answer.requestCase.number - b.answer.requestCase.number);
  return { asked, requests: earlier.length, found, remark: requirement.remark?.(answers) };
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
    ...(first && shared(requirement, deviant, first)),
  };
}

/** What every finding shows, and where the first one lies. */
function shared(
  requirement: Judged,
  found: readonly Found[],
  { finding, answer }: Found,
): Partial<RouteVerdict> {
  const { status, kind, cause, wrong } = finding;
  const { part = requirement.part, header = requirement.header } = finding;
  const isAlike = (name: 'status' | 'kind' | 'received') =>
    found.every((each) => each.finding[name] === finding[name]);
  const isOneSymptom = isAlike('status') && isAlike('kind');
  return {
    ...(isOneSymptom && kind !== undefined && { kind }),
    ...(isOneSymptom && status !== undefined && { status }),
    ...(cause !== undefined && { cause: cause.requirement }),
    ...(wrong !== undefined && isAlike('received') && { wrong }),
    part,
    ...(part === 'header' && header !== undefined && { header }),
    exchange: evidenceOf(answer.exchange),
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
