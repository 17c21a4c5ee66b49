import type { Finding } from '../../schemas/files/finding.ts';
import type { Run } from '../../schemas/files/recording.ts';
import type { Declared, Outcome, RouteVerdict } from '../../schemas/files/report.ts';
import type { Place } from '../../schemas/operation.ts';
import type { Answer } from '../requirements/answer.ts';
import { anotherAnswer } from '../requirements/match/beside.ts';
import { isUntested, type Judged, judges, type Requirement } from '../requirements/requirement.ts';
import { evidenceOf } from './evidence.ts';
import type { Silence } from './sending.ts';

/** Received texts that a verdict names. */
const namedFindings = 3;

export interface Context {
  readonly run: Run;
  /** Why a request may have no answer. */
  readonly silence: Silence;
  /** Answers that were mixed up with others. */
  readonly mixed: ReadonlySet<Answer>;
  /** Whether the run was ended before all was sent: then only a deviation that was seen is sure. */
  readonly isInterrupted: boolean;
  readonly deviations: readonly Declared[];
  /** Whether platform deviations fail the run too. */
  readonly strict: boolean;
}

/** What a finding repeats where answers were mixed up. */
const mixing = { requirement: 'answers-own', received: anotherAnswer } as const;

type Found = Finding & { readonly answer: Answer };

/** `all`: the answers of the run, in the order in which they ended. */
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
  const { run, silence, isInterrupted, deviations, mixed } = context;
  if (!isSent(requirement, run))
    return unjudged('untested', 'the recorded run was narrowed to other requirements');
  const unavailable = route === 'both' ? undefined : run.notApplicable[route];
  if (unavailable !== undefined) return unjudged('not applicable', unavailable);
  const answers = all.filter(({ requestCase }) => route === 'both' || requestCase.route === route);
  const seen = seenIn(requirement, answers, run, mixed);
  if (seen.asked.length === 0)
    return requirement.untestedReason === undefined
      ? unjudged('error', silence.reason, silence.code)
      : unjudged('untested', requirement.untestedReason);
  const isDeclared = declaredFor(requirement.id, route, deviations) !== undefined;
  // Of a run that was ended early only a deviation is sure, and only one that no further request could change.
  if (isInterrupted && (seen.found.length === 0 || requirement.onlyIfAll || isDeclared))
    return unjudged('error', silence.reason);
  if (seen.requests === 0) {
    const [notKept] = seen.asked.flatMap(({ exchange }) => exchange.response?.notKept ?? []);
    return notKept === undefined
      ? unjudged('not applicable', requirement.notApplicableReason)
      : unjudged('untested', `the body of the response is not kept: ${notKept}`);
  }
  return compared(requirement, route, seen, context);
}

function isSent({ id, level }: Judged, { narrowedTo, levels }: Run): boolean {
  return (narrowedTo?.includes(id) ?? true) && (levels?.includes(level) ?? true);
}

/** Which answers could show it, how many were judged, and what was found, in the order of the requests. */
function seenIn(
  requirement: Judged,
  answers: readonly Answer[],
  run: Run,
  mixed: Context['mixed'],
) {
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
    if (finding !== undefined) found.push({ ...finding, answer });
  }
  // Requests in flight together end in any order; the first one sent is the evidence.
  found.sort((a, b) => a.answer.requestCase.number - b.answer.requestCase.number);
  const deviant = requirement.onlyIfAll && found.length < earlier.length ? [] : found;
  const isMixed = requirement.dependsOn.includes(mixing.requirement);
  const ofMixed = isMixed && deviant.every(({ answer }) => mixed.has(answer));
  const repeated = ofMixed ? deviant.map((each) => ({ ...each, cause: mixing })) : deviant;
  return {
    asked,
    requests: earlier.length,
    found: repeated,
    remark: requirement.remark?.(answers),
  };
}

/** By what was found and what is declared, of the requirement or of the one that the finding only repeats. */
function compared(
  requirement: Judged,
  route: Place,
  { requests, found, remark }: ReturnType<typeof seenIn>,
  { deviations, strict }: Context,
): RouteVerdict {
  const [first] = found;
  const received = first === undefined ? requirement.expected : summary(found);
  const own = declaredFor(requirement.id, route, deviations);
  const cause = first?.cause && declaredFor(first.cause.requirement, route, deviations);
  const declared = own ?? (cause?.received === first?.cause?.received ? cause : undefined);
  const isAsDeclared = own === undefined || own.received === received;
  const detail = [first?.detail, remark].filter(Boolean).join('; ');
  let outcome: Outcome = declared === undefined ? 'deviates' : 'changed deviation';
  if (first === undefined) outcome = declared === undefined ? 'conforms' : 'stale deviation';
  // What was declared for a time that is over is not declared any more, and says so.
  else if (declared && isAsDeclared && !declared.isOver) outcome = 'known deviation';
  return {
    route,
    outcome,
    failing:
      outcome === 'deviates'
        ? strict || requirement.level !== 'platform'
        : outcome === 'changed deviation' || outcome === 'stale deviation',
    received,
    requests,
    failingRequests: found.length,
    ...(declared && declarationOf(declared)),
    ...(detail !== '' && { detail }),
    ...(first && shared(requirement, found, first)),
  };
}

/** What every finding shows, and where the first one lies. */
function shared(requirement: Judged, found: readonly Found[], first: Found): Partial<RouteVerdict> {
  const { status, kind, cause, wrong, answer } = first;
  const { part = requirement.part, header = requirement.header } = first;
  const isAlike = (name: 'status' | 'kind' | 'received') =>
    found.every((each) => each[name] === first[name]);
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

/** In an order of their own: which request came first must not matter. */
function summary(found: readonly Found[]): string {
  const all = [...new Set(found.map(({ received }) => received))].sort();
  return [...all.slice(0, namedFindings), ...(all.length > namedFindings ? ['…'] : [])].join('; ');
}

function declaredFor(id: string, place: Place, deviations: readonly Declared[]) {
  return deviations.find(
    ({ requirement, route }) => requirement === id && (route ?? place) === place,
  );
}

function declarationOf({ file, entry, since, until, received, reason, isOver }: Declared) {
  return {
    reason: `declared since ${since} as "${received}": ${reason}`,
    declared: { file, entry, ...(isOver && { over: until }) },
  };
}
