import type { Finding } from '../../schemas/files/finding.ts';
import type { Run } from '../../schemas/files/recording.ts';
import type { Declared, Outcome, RouteVerdict } from '../../schemas/files/report.ts';
import type { JudgedRoute } from '../../schemas/operation.ts';
import type { Answer } from '../requirements/answer.ts';
import {
  findingOf,
  isJudged,
  type Judgeable,
  judges,
  type Requirement,
} from '../requirements/requirement.ts';
import { evidenceOf } from './evidence.ts';
import type { Silence } from './sending.ts';

const namedFindings = 3;

export type RouteContext = Readonly<{
  run: Run;
  silence: Silence;
  /** What is wrong with an answer as a whole: other findings only repeat it. */
  causes: ReadonlyMap<Answer, NonNullable<Finding['cause']>>;
  /** Whether the run was ended before all was sent: then only a deviation that was seen is sure. */
  isInterrupted: boolean;
  isComplete: boolean;
  deviations: readonly Declared[];
  strict: boolean;
}>;

type Found = Finding & { readonly answer: Answer };
type Seen = ReturnType<typeof seenIn>;
type Unjudged = Pick<RouteVerdict, 'outcome' | 'reason' | 'failureCode' | 'isNotKept'>;

export function routeVerdict(
  requirement: Requirement,
  route: JudgedRoute,
  answers: readonly Answer[],
  context: RouteContext,
): RouteVerdict {
  const unjudged = (why: Unjudged): RouteVerdict => ({
    ...{ route, received: '', requests: 0, failingRequests: 0, failing: why.outcome === 'error' },
    ...why,
  });
  if (!isJudged(requirement)) return unjudged(untested(requirement.untested));
  const seen = seenIn(requirement, answers, context);
  const why = whyUnjudged(requirement, route, seen, context);
  return why ? unjudged(why) : compared(requirement, route, seen, context);
}

const untested = (reason: string): Unjudged => ({ outcome: 'untested', reason });

function whyUnjudged(
  { id, level, onlyIfAll, untestedReason, notApplicableReason }: Judgeable,
  route: JudgedRoute,
  { asked, requests, found }: Seen,
  { run, silence, isInterrupted, isComplete, deviations }: RouteContext,
): Unjudged | undefined {
  const isSent = (run.narrowedTo?.includes(id) ?? true) && (run.levels?.includes(level) ?? true);
  if (!isSent) return untested('the recorded run was narrowed to other requirements');
  const unavailable = route === 'both' ? undefined : run.notApplicable[route];
  if (unavailable !== undefined) return { outcome: 'not applicable', reason: unavailable };
  if (asked.length === 0)
    return untestedReason ? untested(untestedReason) : { outcome: 'error', ...silence };
  // Of a run that was ended early only a deviation is sure that no further request could change; of one
  // that left out requests, no declaration is stale.
  const declared = declaredFor(id, route, deviations);
  const isNone = found.length === 0;
  const isUnsure = isInterrupted ? isNone || onlyIfAll || declared : isNone && declared;
  if (!isComplete && isUnsure) return { outcome: 'error', reason: silence.reason };
  if (requests > 0) return undefined;
  const [notKept] = asked.flatMap(({ exchange }) => exchange.response?.notKept ?? []);
  return notKept
    ? { ...untested(`the body of the response is not kept: ${notKept}`), isNotKept: true }
    : { outcome: 'not applicable', reason: notApplicableReason };
}

function seenIn(requirement: Judgeable, answers: readonly Answer[], { run, causes }: RouteContext) {
  const { everyCreated, when, onlyIfAll } = requirement;
  const asked: Answer[] = [];
  const earlier: Answer[] = [];
  const all: Found[] = [];
  for (const answer of answers) {
    const isOwn = judges(requirement, answer.requestCase);
    if (!isOwn && !(everyCreated && answer.saysCreated)) continue;
    const isJudged = when(answer, run);
    if (!isOwn && !isJudged) continue;
    const finding = isJudged && findingOf(requirement, answer, { run, answers, earlier });
    if (answer.failure?.kind === 'unreachable' && !finding) continue;
    asked.push(answer);
    if (isJudged) earlier.push(answer);
    if (finding) all.push({ ...finding, answer });
  }
  const requests = earlier.length;
  const deviant = onlyIfAll && all.length < requests ? [] : all;
  // Requests in flight together end in any order; the first one sent is the evidence.
  deviant.sort((a, b) => a.answer.requestCase.number - b.answer.requestCase.number);
  const [cause, ...others] = deviant.map(({ answer }) => causes.get(answer));
  const isOne = others.every((each) => each?.requirement === cause?.requirement);
  const isRepeat = cause && isOne && cause.requirement !== requirement.id;
  const found = isRepeat ? deviant.map((each) => ({ ...each, cause })) : deviant;
  return { asked, requests, found };
}

/** `declared`: for the requirement, or for the one that the finding only repeats. */
function compared(
  requirement: Judgeable,
  route: JudgedRoute,
  { requests, found }: Seen,
  { deviations, strict }: RouteContext,
): RouteVerdict {
  const [first] = found;
  // A declaration compares it in an order of its own; a reader begins with the first.
  const all = found.map((each) => each.received).sort();
  const received = first === undefined ? requirement.expected : named(all);
  const told = named(found.map((each) => each.told ?? each.received));
  const own = declaredFor(requirement.id, route, deviations);
  const cause = first?.cause && declaredFor(first.cause.requirement, route, deviations);
  const declared = own ?? (cause?.received === first?.cause?.received ? cause : undefined);
  const isAsDeclared = own === undefined || own.received === received;
  let outcome: Outcome = declared === undefined ? 'deviates' : 'changed deviation';
  if (first === undefined) outcome = declared === undefined ? 'conforms' : 'stale deviation';
  // What was declared for a time that is over is not declared any more, and says so.
  else if (declared && isAsDeclared && !declared.isOver) outcome = 'known deviation';
  const fails = strict || requirement.level !== 'platform';
  return {
    route,
    outcome,
    failing: outcome === 'deviates' ? fails : !['known deviation', 'conforms'].includes(outcome),
    received,
    requests,
    failingRequests: found.length,
    ...(declared && declarationOf(declared)),
    ...(first && shared(requirement, found, first)),
    told: first && told !== received ? told : undefined,
  };
}

function shared(
  requirement: Judgeable,
  found: readonly Found[],
  first: Found,
): Partial<RouteVerdict> {
  const { status, kind, cause, wrong, detail, answer } = first;
  const { part, header, property } = { ...requirement, ...first };
  const isAlike = (name: 'status' | 'kind' | 'received' | 'wrong') =>
    found.every((each) => each[name] === first[name]);
  const undocumented = undocumentedIn(answer);
  const isOneAnswer = found.every((each) => undocumentedIn(each.answer) === undocumented);
  const isOneSymptom = isAlike('status') && isAlike('kind');
  return {
    detail: detail || undefined,
    ...(isOneSymptom && { kind, status }),
    cause: cause?.requirement,
    ...(isAlike('received') && isAlike('wrong') && { wrong }),
    part,
    ...(part === 'header' && { header }),
    ...(part === 'body' && { property }),
    ...(isOneAnswer && { undocumented }),
    exchange: evidenceOf(answer.exchange),
  };
}

/** undefined: a success or a refusal in JSON, or nothing. */
function undocumentedIn({ status, failure, mediaType, isError }: Answer) {
  if (status === undefined) return failure?.kind;
  if (isError) return `${status} with an error`;
  const type = mediaType?.essence ?? '';
  const isJson = type === 'application/json' || (status < 300 && type === '');
  const isKnown = status < 300 || (status >= 400 && status < 500);
  return isKnown && isJson ? undefined : `${status} ${type}`;
}

function named(found: readonly string[]) {
  const all = [...new Set(found)];
  if (all.length > namedFindings) all.splice(namedFindings, all.length, '…');
  return all.join('; ');
}

function declaredFor(id: string, at: JudgedRoute, deviations: readonly Declared[]) {
  return deviations.find(({ requirement, route }) => requirement === id && (route ?? at) === at);
}

function declarationOf({ file, entry, since, until, received, reason, isOver }: Declared) {
  return {
    reason: `declared since ${since} as "${received}": ${reason}`,
    declared: { file, entry, received, over: isOver ? until : undefined },
  };
}
