import type { Report, Verdict } from '../../schemas/files/report.ts';
import { requirements } from '../requirements/index.ts';

/** One thing to mend: a finding wherever it was made, and the findings that go away with it. */
export interface Fix {
  readonly requirement: string;
  readonly routes: readonly Verdict['route'][];
  readonly expected: string;
  readonly received: string;
  /** Whether it is advice, and fails nothing. */
  readonly warning: boolean;
  /** Whether the target was heard of no more afterwards, so that others could not be judged. */
  readonly last: boolean;
  /** Ids of the requirements that deviate because this one does. */
  readonly with: readonly string[];
}

/** Who refuses no missing token refuses no token at all; who knows no token cannot miss a changed one. */
const followers: Readonly<Record<string, readonly string[]>> = {
  'token-needed': ['token-known', 'token-verified', 'token-scheme'],
  'token-known': ['token-verified'],
};

const rank = new Map(requirements.map(({ id }, i) => [id, i]));

/**
 * What to mend in the order in which it helps most: what silenced the target, then what fails the
 * run before advice, then in the order of the table, a route before its status and a status before
 * its body. Pure.
 */
export function fixesOf({ verdicts }: Pick<Report, 'verdicts'>): Fix[] {
  const silenced = verdicts.some(({ outcome }) => outcome === 'not judged');
  const isLast = ({ received }: Verdict) => silenced && received.includes('no whole answer');
  const findings = verdicts
    .filter(({ outcome }) => outcome === 'deviates' || outcome === 'changed deviation')
    .toSorted(
      (a, b) =>
        Number(isLast(b)) - Number(isLast(a)) ||
        Number(b.failing) - Number(a.failing) ||
        rankOf(a) - rankOf(b),
    );
  const groups: { cause: Verdict; routes: Verdict['route'][]; with: Set<string> }[] = [];
  for (const finding of findings) {
    const cause = groups.find((group) => isBecause(finding, group.cause, group.routes));
    const same = groups.find((group) => isSame(finding, group.cause));
    if (cause !== undefined) cause.with.add(finding.requirement);
    else if (same !== undefined) same.routes.push(finding.route);
    else groups.push({ cause: finding, routes: [finding.route], with: new Set() });
  }
  return groups.map(({ cause, routes, with: others }) => ({
    requirement: cause.requirement,
    routes,
    expected: cause.expected,
    received: cause.received,
    warning: !cause.failing,
    last: isLast(cause),
    with: [...others],
  }));
}

function rankOf({ requirement }: Verdict): number {
  return rank.get(requirement) ?? rank.size;
}

function isSame(a: Verdict, b: Verdict): boolean {
  const alike = a.received === b.received || (isSilence(a) && isSilence(b));
  return a.requirement === b.requirement && alike && a.failing === b.failing;
}

/** Whether an answer was missing: how a connection ended may differ from call to call. */
function isSilence({ received }: Pick<Verdict, 'received'>): boolean {
  return received.startsWith('no whole answer');
}

/** Whether the finding goes away where the cause, found on these routes, is mended. */
function isBecause(
  { requirement, received, route }: Verdict,
  cause: Verdict,
  routes: readonly Verdict['route'][],
): boolean {
  if (requirement === cause.requirement) return false;
  // Where only one route has a finding, the routes cannot be alike.
  if (requirement === 'routes-alike') return routes.length === 1 && !routes.includes('both');
  if (!routes.includes(route)) return false;
  if (cause.requirement === 'route-answers') return true;
  if (cause.requirement === 'create-answered') {
    if (isSilence({ received })) return true;
    if (requirement === 'answer-time' && cause.received.includes('timed out')) return true;
  }
  if (cause.requirement === 'create-status' && received === cause.received)
    return /^[345]\d\d$/.test(received) || requirement === 'date-missing';
  if (requirement === 'example-exchange') return received.startsWith(`${cause.requirement}: `);
  return followers[cause.requirement]?.includes(requirement) === true;
}

/** Requirements that a sentence names before it only counts them. */
const namedOthers = 4;

function othersOf(fix: Fix): string {
  if (fix.with.length === 0) return '';
  const many = fix.with.length > namedOthers;
  return `; with it ${many ? `${fix.with.length} more requirements` : fix.with.join(', ')}`;
}

/** Where to look first, if what was found is typical of a configuration that does not fit the target. */
function hintOf({ requirement, received, routes, last }: Fix): string {
  if (last) return '; the target fell silent, and what came after could not be judged';
  if (requirement === 'route-answers')
    return routes.includes('me')
      ? '; is GRAPH_BASE_URL the root that the routes begin at, and do they end in /$ref?'
      : '; does the target know GRAPH_USER_ID?';
  if (requirement !== 'create-status') return '';
  if (/^40[13]$/.test(received)) return '; does the target take GRAPH_ACCESS_TOKEN?';
  return /^3\d\d$/.test(received)
    ? '; redirects are not followed: is GRAPH_BASE_URL its last stop?'
    : '';
}

/** A fix as one sentence, without a full stop. */
export function fixSentence(fix: Fix): string {
  const { requirement, expected, received, routes } = fix;
  const place = routes.length > 1 || routes.includes('both') ? 'both routes' : `/${routes[0]}`;
  return `${requirement} on ${place}: expected ${expected}, received ${received}${othersOf(fix)}${hintOf(fix)}`;
}

/** What to fix first, a line each: at most `limit` of them, and how many more there are. Empty: nothing. */
export function fixLines(report: Pick<Report, 'verdicts'>, limit: number): string[] {
  const fixes = fixesOf(report);
  const lines = fixes
    .slice(0, limit)
    .map((fix, i) => `${i + 1}. ${fixSentence(fix)}${fix.warning ? ' · advice' : ''}`);
  const more = fixes.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more: report.md has all of them`] : lines;
}

/** What the list is called: whoever breaks nothing may still want to go further. */
export function fixTitle({ verdicts }: Pick<Report, 'verdicts'>): string {
  return fixesOf({ verdicts }).some(({ warning }) => !warning) ? 'Fix first' : 'Worth mending';
}
