import { type Exchange, headerValues } from '../../../schemas/files/recording.ts';
import type { Evidence, Judged, Verdict } from '../../../schemas/files/report.ts';
import { routesIn } from './wording.ts';

/** A finding, and those that go away with it. */
export interface Cause {
  readonly verdict: Verdict;
  readonly with: readonly Verdict[];
  /** The exchange that shows it. */
  readonly exchange: Exchange | undefined;
  /** Whether the target stopped answering with it, so that others could not be judged. */
  readonly isLast: boolean;
  /** Whether it fails the run, or would if it were new. */
  readonly fails: boolean;
}

const found: readonly Verdict['outcome'][] = [
  'deviates',
  'changed deviation',
  'stale deviation',
  'known deviation',
];

/** What was found, in the order in which fixing helps most; within it that of the table. Pure. */
export function causesOf({
  verdicts,
  sending,
  exchangeOf,
}: Pick<Judged, 'verdicts' | 'sending' | 'exchangeOf'>): Cause[] {
  const last = sending.collapse?.recorded;
  const isLast = ({ exchange }: { readonly exchange?: Evidence }) =>
    last !== undefined && exchange?.recorded === last;
  const isWarning = (each: Verdict) => !each.failing && each.outcome === 'deviates';
  const causes: (Cause & { with: Verdict[] })[] = [];
  const findings = verdicts.filter(({ outcome }) => found.includes(outcome));
  const isRepeat = ({ cause }: Verdict) => findings.some((each) => each.requirement === cause);
  // What others only repeat fails the run where they do.
  const fails = (each: Verdict) =>
    each.failing || findings.some((one) => one.failing && one.cause === each.requirement);
  // What only repeats a declared deviation is known with it.
  const rank = (each: Verdict) => [isLast(each), fails(each), !isWarning(each), true].indexOf(true);
  const ordered = findings.toSorted((a, b) => rank(a) - rank(b));
  for (const verdict of ordered.toSorted((a, b) => Number(isRepeat(a)) - Number(isRepeat(b)))) {
    const exchange = exchangeOf(verdict.exchange);
    const cause = causes.find(
      (each) => isCause(each.verdict, verdict) || isSameAnswer(each, verdict, exchange),
    );
    if (cause !== undefined) cause.with.push(verdict);
    else
      causes.push({
        verdict,
        with: [],
        exchange,
        isLast: isLast(verdict),
        fails: fails(verdict) || isLast(verdict),
      });
  }
  const place = ({ verdict }: Cause) => (verdict.outcome === 'known deviation' ? 4 : rank(verdict));
  for (const each of causes) each.with.sort((a, b) => ordered.indexOf(a) - ordered.indexOf(b));
  return causes.toSorted((a, b) => place(a) - place(b));
}

/** Whether a finding goes away where another one is fixed. */
function isCause(cause: Verdict, finding: Verdict): boolean {
  if (!finding.dependsOn.includes(cause.requirement)) return false;
  const routes = routesIn(cause).map(({ route }) => route);
  // Where only one route has a finding, the routes cannot be alike.
  if (finding.kind === 'routes-differ') return routes.length === 1 && !routes.includes('both');
  const isRepeated = finding.cause === cause.requirement;
  if (isRepeated && routes.includes('both')) return true;
  if (!routesIn(finding).every(({ route }) => routes.includes(route))) return false;
  if (cause.kind === 'no-route' || isRepeated) return true;
  // What is wrong with a body may look alike and be two faults; one status or silence has one cause.
  const isTelling = finding.status !== undefined || finding.kind === 'no-response';
  return isTelling && finding.kind === cause.kind && finding.status === cause.status;
}

/** Whether a warning rests on an answer that no document knows, and so does what it would be told with: a page of HTML of one status. */
function isSameAnswer(cause: Cause, finding: Verdict, exchange: Exchange | undefined): boolean {
  const status = htmlStatus(exchange);
  return !finding.failing && status !== undefined && status === htmlStatus(cause.exchange);
}

function htmlStatus(exchange: Exchange | undefined): number | undefined {
  const [type = ''] = headerValues(exchange?.response?.headers ?? [], 'content-type');
  return /^text\/html\b/i.test(type) ? exchange?.response?.status : undefined;
}

/** Where to look first, if what was found is typical of something else than a mistake in the contract. */
export function hintOf({ verdict, exchange, isLast }: Cause): string | undefined {
  const { requirement, kind, status = 0 } = verdict;
  if (isLast) return 'the target did not answer any more after this';
  if (kind === 'no-route')
    return routesIn(verdict).some(({ route }) => route === 'me')
      ? 'is GRAPH_BASE_URL the root that the routes begin at, and do they end in /$ref?'
      : 'does the target know GRAPH_USER_ID?';
  const [location] = headerValues(exchange?.response?.headers ?? [], 'location');
  if (status >= 300 && status < 400)
    return `it redirects to ${location ?? 'nowhere'}, and redirects are not followed: is GRAPH_BASE_URL its last stop?`;
  if (htmlStatus(exchange) !== undefined)
    return 'an HTML page: an error page of a framework, or something in front of the service';
  if (requirement === 'create-status' && status === 403)
    return 'a permission of the signed-in user or application may be missing';
  return undefined;
}
