import { type Exchange, headerValues } from '../../../schemas/files/recording.ts';
import type { Deviation, Evidence, JudgedRun, Verdict } from '../../../schemas/files/report.ts';
import { deviations } from '../../history/history.ts';
import { excerpt, isObject, readJson } from '../../requirements/match/json.ts';
import hints from './hints.json' with { type: 'json' };
import { resultOf, routesIn } from './wording.ts';

type Findable = Pick<JudgedRun, 'verdicts' | 'sending' | 'exchangeOf'>;

/** `with`: what goes away with it; `isLast`: the target stopped answering. */
export type Cause = ReturnType<typeof causesOf>[number];

/** What was found: first what explains the rest, then what is new and not flaky, then what helps most when it is fixed. Pure. */
export function causesOf(
  { verdicts, sending: { collapse }, exchangeOf }: Findable,
  news: readonly { readonly requirement: string; readonly turns: string | undefined }[] = [],
) {
  const findings = verdicts.filter(({ outcome }) =>
    [...deviations, 'stale deviation'].includes(outcome),
  );
  const made = findings.map((found) => {
    const isLast = collapse !== undefined && isFrom(found, collapse);
    const verdict = isLast ? { ...found, exchange: collapse, detail: undefined } : found;
    const { requirement, exchange, failing } = verdict;
    // What others only repeat, or what keeps them from an answer, fails the run where they do.
    const follows = (each: Verdict) =>
      each.cause === requirement || (each.kind === 'no-response' && isCause(verdict, each));
    const fails = isLast || failing || findings.some((each) => each.failing && follows(each));
    const rank = [isLast, fails, resultOf(verdict) !== 'warning', true].indexOf(true);
    // What only repeats another is told with it.
    const isRepeat = Number(findings.some((each) => each.requirement === verdict.cause));
    const own = exchangeOf(exchange);
    // What may be taken as well says less than what must be refused.
    const isProbe = Number(own?.requestCase.kind === 'probe');
    const others: Verdict[] = [];
    return { verdict, with: others, exchange: own, isLast, fails, rank, isRepeat, isProbe };
  });
  made.sort((a, b) => a.isRepeat - b.isRepeat || a.rank - b.rank || a.isProbe - b.isProbe);
  const causes: typeof made = [];
  for (const each of made) {
    const cause = causes.find((one) => isCause(one.verdict, each.verdict) || isSame(one, each));
    if (cause === undefined) causes.push(each);
    else cause.with.push(each.verdict);
  }
  const isNew = ({ requirement }: Verdict) =>
    news.some((each) => each.requirement === requirement && each.turns === undefined);
  const place = ({ verdict, isLast, fails, rank }: (typeof made)[number]) => {
    if (verdict.outcome === 'known deviation') return 5;
    return isLast || (fails && isNew(verdict)) ? rank : rank + 1;
  };
  return causes.sort((a, b) => place(a) - place(b));
}

/** Of creates, which are in flight together, the first that was lost is not always the first that was sent. */
function isFrom({ requirement, routes }: Verdict, { recorded }: Evidence) {
  return routes.some(({ exchange }) => {
    const order = exchange?.recorded.localeCompare(recorded, undefined, { numeric: true });
    return order === 0 || (order === 1 && requirement === 'create-answered');
  });
}

function isCause(cause: Verdict, finding: Verdict) {
  const routes = routesIn(cause).map(({ route }) => route);
  const here = routesIn(finding).map(({ route }) => route);
  const isCovered = here.every((route) => route === 'both' || routes.includes(route));
  if (finding.cause === cause.requirement && (isCovered || routes.includes('both'))) return true;
  if (!finding.dependsOn.includes(cause.requirement)) return false;
  // Where only one route has a finding, the routes cannot be alike.
  if (finding.kind === 'routes-differ') return routes.length === 1 && !routes.includes('both');
  if (!here.every((route) => routes.includes(route))) return false;
  if (cause.kind === 'no-route') return true;
  // What is wrong with a body may look alike and be two faults.
  const isTelling = finding.status !== undefined || finding.kind === 'no-response';
  return isTelling && finding.kind === cause.kind && finding.status === cause.status;
}

/** Whether both rest on the same answer alone, which no document knows: a page, or whatever a warning is about. */
function isSame(cause: Cause, { verdict, exchange }: Cause) {
  const [answer, ...others] = [...routesIn(cause.verdict), ...routesIn(verdict)].map(
    (each) => each.undocumented,
  );
  const isAlike = answer !== undefined && others.every((each) => each === answer);
  if (isAlike && pageHint(exchange)) return true;
  const { status = 0 } = exchange?.response ?? {};
  // What every create shows may be two faults.
  const isSome = (each: Verdict) => each.failingRequests < each.requests;
  const isError = status < 200 || status >= 300 || errorIn(exchange) !== undefined;
  return isAlike && !verdict.failing && (isError || (isSome(verdict) && isSome(cause.verdict)));
}

/** A permission may be missing for good, and be declared. */
export function lacksPermission({ verdict, exchange }: Cause) {
  const { requirement, status } = verdict;
  return requirement === 'create-status' && status === 403 && pageHint(exchange) === undefined;
}

export function hintOf(cause: Cause) {
  const { verdict, with: others, exchange, isLast } = cause;
  const { kind, status = 0, failingRequests, requests, asks } = verdict;
  if (isLast) return hints.last;
  if (kind === 'no-route') {
    const isMe = routesIn(verdict).some(({ route }) => route === 'me');
    return isMe ? hints['no /me'] : hints['no /users'];
  }
  const [location = 'nowhere'] = headerValues(exchange?.response?.headers ?? [], 'location');
  if (status >= 300 && status < 400) return `${hints.redirect} ${excerpt(location)}`;
  const isHalf = asks === 'create' && Math.abs(failingRequests / requests - 0.5) < 0.15;
  const isBroken = status >= 500 || kind === 'no-response';
  if (isBroken && isHalf && others.length > 9) return hints.half;
  if (!lacksPermission(cause)) return pageHint(exchange);
  const { code } = errorIn(exchange) ?? {};
  return `${typeof code === 'string' && code ? `${excerpt(code)}: ` : ''}${hints[403]}`;
}

function errorIn(exchange: Exchange | undefined) {
  const { value } = readJson(exchange?.response?.body ?? Buffer.alloc(0));
  return isObject(value) && isObject(value.error) ? value.error : undefined;
}

/** Some frameworks announce a page where there is nothing, or JSON. */
export function pageHint(exchange: Exchange | undefined) {
  const { headers = [], body } = exchange?.response ?? {};
  const [type = ''] = headerValues(headers, 'content-type');
  const isPage = /^text\/html\b/i.test(type) && /^\s*</.test(body?.toString() ?? '');
  return isPage ? hints.html : undefined;
}

/** What fails a run as entries of a deviations file, one a cause. */
export function declarationsOf(causes: readonly Cause[], since: string): Deviation[] {
  const declared = causes.flatMap(({ verdict, with: others }) => {
    const failing = [verdict, ...others].filter((each) => each.failing);
    if (verdict.outcome === 'stale deviation' || failing.length === 0) return [];
    // A warning excuses what repeats it, and nothing else that fails.
    const own = failing.filter((each) => each.cause !== verdict.requirement);
    return verdict.failing || own.length === 0 ? verdict : own;
  });
  return declared.flatMap((verdict) => {
    const { requirement, routes } = verdict;
    const here = routesIn(verdict);
    const isAlike = new Set(here.map(({ received }) => received)).size === 1;
    const judged = routes.filter(({ requests }) => requests > 0);
    const isEverywhere = isAlike && here.length === judged.length;
    return here.slice(0, isEverywhere ? 1 : undefined).map(({ route, received }) => {
      const only = !isEverywhere && route !== 'both' && { route };
      return { requirement, ...only, received, reason: 'why the target does so', since };
    });
  });
}

/** Without what conforms now, with what changed or is new. */
export function withDeclared(
  entries: readonly Deviation[],
  { declarable, verdicts }: { declarable: readonly Deviation[]; verdicts: readonly Verdict[] },
  reason: string,
): Deviation[] {
  const stale = verdicts
    .flatMap(({ routes }) => routes)
    .filter(({ outcome }) => outcome === 'stale deviation');
  const gone = new Set(stale.map(({ declared }) => declared?.entry));
  const isReplaced = ({ requirement, route }: Deviation) =>
    declarable.some(
      (each) => each.requirement === requirement && (!each.route || !route || each.route === route),
    );
  return [
    ...entries.filter((each, i) => !gone.has(i + 1) && !isReplaced(each)),
    ...declarable.map((each) => ({ ...each, reason })),
  ];
}
