import type { Report, Verdict } from '../../schemas/files/report.ts';
import type { Place } from '../../schemas/operation.ts';
import { isSameSymptom } from '../judge/outcome.ts';
import { wrongIn } from '../judge/wording.ts';

/** One thing to fix: a finding wherever it was made, and the findings that go away with it. */
export interface Fix {
  /** The finding where it was first made. */
  readonly verdict: Verdict;
  /** Everywhere it was made alike. */
  readonly routes: readonly Place[];
  /** Whether it is a warning, and fails nothing. */
  readonly warning: boolean;
  /** Whether the target stopped answering with it, so that others could not be judged. */
  readonly last: boolean;
  /** Ids of the requirements that deviate because this one does. */
  readonly with: readonly string[];
}

interface Group {
  readonly cause: Verdict;
  readonly routes: Place[];
  readonly with: Set<string>;
}

const toFix: readonly Verdict['outcome'][] = ['deviates', 'changed deviation', 'stale deviation'];

type Judged = Pick<Report, 'verdicts'> & Partial<Pick<Report, 'sending'>>;

/**
 * What to fix in the order in which it helps most: what silenced the target, then what fails the
 * run before warnings, then in the order of the verdicts, which is that of the table: a route before
 * its status and a status before its body. Pure.
 */
export function fixesOf({ verdicts, sending }: Judged): Fix[] {
  const collapse = sending?.collapse;
  const isLast = ({ exchange }: Verdict) =>
    collapse !== undefined && exchange?.recorded === collapse.recorded;
  const findings = verdicts
    .filter(({ outcome }) => toFix.includes(outcome))
    .toSorted(
      (a, b) => Number(isLast(b)) - Number(isLast(a)) || Number(b.failing) - Number(a.failing),
    );
  const groups: Group[] = [];
  for (const finding of findings) {
    const cause = groups.find((group) => isCause(group, finding));
    const same = groups.find((group) => isSame(group.cause, finding));
    if (cause !== undefined) cause.with.add(finding.requirement);
    else if (same !== undefined) same.routes.push(finding.route);
    else groups.push({ cause: finding, routes: [finding.route], with: new Set() });
  }
  return groups.map(({ cause, routes, with: others }) => ({
    verdict: cause,
    routes,
    warning: !cause.failing && !isLast(cause),
    last: isLast(cause),
    with: [...others],
  }));
}

/** Whether it is one finding in two places; how a connection ended may differ from request to request. */
function isSame(a: Verdict, b: Verdict): boolean {
  const alike = a.received === b.received || (a.code === 'no-response' && b.code === 'no-response');
  const isOne = a.requirement === b.requirement && a.outcome === b.outcome;
  return isOne && alike && a.failing === b.failing;
}

/** Whether the finding goes away where the cause, found on these routes, is fixed. */
function isCause({ cause, routes }: Group, finding: Verdict): boolean {
  if (finding.dependsOn?.includes(cause.requirement) !== true) return false;
  // Where only one route has a finding, the routes cannot be alike.
  if (finding.code === 'routes-differ') return routes.length === 1 && !routes.includes('both');
  if (!routes.includes(finding.route)) return false;
  if (cause.code === 'no-route' || finding.cause === cause.requirement) return true;
  // What is wrong with a body may look alike and be two faults; one status or silence has one cause.
  const isTelling = finding.status !== undefined || finding.code === 'no-response';
  return isTelling && isSameSymptom(cause, finding);
}

/** Where a fix belongs, in a few words: `/me`, `/users` or both routes. */
export function fixPlace({ routes }: Pick<Fix, 'routes'>): string {
  return routes.length > 1 || routes.includes('both') ? 'both routes' : `/${routes[0]}`;
}

/** A fix as one sentence, without a full stop. */
export function fixSentence(fix: Fix): string {
  return `${fix.verdict.requirement} on ${fixPlace(fix)}: ${wrongIn(fix.verdict)}`;
}

/** Requirements that a sentence names before it only counts them. */
const namedOthers = 4;

/** The requirements that a fix mends with it; undefined: none. */
export function othersOf({ with: others }: Fix): string | undefined {
  if (others.length === 0) return undefined;
  return others.length > namedOthers ? `${others.length} more requirements` : others.join(', ');
}

/** Where to look first, if what was found is typical of a configuration that does not fit the target. */
export function hintOf({ verdict, routes, last }: Fix): string | undefined {
  const { requirement, code, status = 0 } = verdict;
  if (last) return 'the target did not answer any more after this';
  if (code === 'no-route')
    return routes.includes('me')
      ? 'is GRAPH_BASE_URL the root that the routes begin at, and do they end in /$ref?'
      : 'does the target know GRAPH_USER_ID?';
  if (requirement !== 'create-status') return undefined;
  if (status === 401 || status === 403) return 'does the target accept GRAPH_ACCESS_TOKEN?';
  return status >= 300 && status < 400
    ? 'redirects are not followed: is GRAPH_BASE_URL its last stop?'
    : undefined;
}

/** What to fix first, a line each: at most `limit` of them, and how many more there are. Empty: nothing. */
export function fixLines(report: Judged, limit: number): string[] {
  const fixes = fixesOf(report);
  const lines = fixes.slice(0, limit).map((fix, i) => {
    const others = othersOf(fix);
    const parts = [fixSentence(fix), others && `with it ${others}`, hintOf(fix)];
    return `${i + 1}. ${parts.filter(Boolean).join('; ')}${fix.warning ? ' · warning' : ''}`;
  });
  const more = fixes.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more: report.md has all of them`] : lines;
}

/** What the list is called: whoever breaks nothing may still want to go further. */
export function fixTitle(report: Judged): string {
  return fixesOf(report).some(({ warning }) => !warning) ? 'Fix first' : 'Worth fixing';
}
