import type { Evidence, Judged, Verdict } from '../../../schemas/files/report.ts';
import { routesIn } from './wording.ts';

/** A finding, and those that go away with it. */
export interface Cause {
  readonly verdict: Verdict;
  readonly with: readonly Verdict[];
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

/**
 * What was found, in the order in which fixing helps most: what silenced the target, then what fails the
 * run, then warnings and what is known; within these in the order of the verdicts, which is that of the
 * table: a route before its status and a status before its body. Pure.
 */
export function causesOf({ verdicts, sending }: Pick<Judged, 'verdicts' | 'sending'>): Cause[] {
  const last = sending.collapse?.recorded;
  const isLast = ({ exchange }: { readonly exchange?: Evidence }) =>
    last !== undefined && exchange?.recorded === last;
  const rank = (each: Verdict) =>
    [isLast(each), each.failing, each.outcome === 'deviates', true].indexOf(true);
  const causes: (Cause & { with: Verdict[] })[] = [];
  const findings = verdicts.filter(({ outcome }) => found.includes(outcome));
  for (const verdict of findings.toSorted((a, b) => rank(a) - rank(b))) {
    const cause = causes.find((each) => isCause(each.verdict, verdict));
    if (cause !== undefined) cause.with.push(verdict);
    else
      causes.push({
        verdict,
        with: [],
        isLast: isLast(verdict),
        fails: verdict.failing || isLast(verdict),
      });
  }
  return causes;
}

/** Whether a finding goes away where another one is fixed. */
function isCause(cause: Verdict, finding: Verdict): boolean {
  if (!finding.dependsOn.includes(cause.requirement)) return false;
  const routes = routesIn(cause).map(({ route }) => route);
  // Where only one route has a finding, the routes cannot be alike.
  if (finding.kind === 'routes-differ') return routes.length === 1 && !routes.includes('both');
  if (!routesIn(finding).every(({ route }) => routes.includes(route))) return false;
  if (cause.kind === 'no-route' || finding.cause === cause.requirement) return true;
  // What is wrong with a body may look alike and be two faults; one status or silence has one cause.
  const isTelling = finding.status !== undefined || finding.kind === 'no-response';
  return isTelling && finding.kind === cause.kind && finding.status === cause.status;
}

/** Where to look first, if what was found is typical of a configuration that does not fit the target. */
export function hintOf({ verdict, isLast }: Cause): string | undefined {
  const { requirement, kind, status = 0 } = verdict;
  if (isLast) return 'the target did not answer any more after this';
  if (kind === 'no-route')
    return routesIn(verdict).some(({ route }) => route === 'me')
      ? 'is GRAPH_BASE_URL the root that the routes begin at, and do they end in /$ref?'
      : 'does the target know GRAPH_USER_ID?';
  if (requirement !== 'create-status') return undefined;
  if (status === 403) return 'a permission of the signed-in user or application may be missing';
  return status >= 300 && status < 400
    ? 'redirects are not followed: is GRAPH_BASE_URL its last stop?'
    : undefined;
}
