import type { Judgement, Outcome, RouteVerdict, Verdict } from '../../schemas/files/report.ts';
import { isJudged, judges, type Requirement } from '../requirements/requirement.ts';

// biome-ignore format: a list of words
const worst: readonly Outcome[] = [
  'deviates', 'changed deviation', 'stale deviation', 'error', 'known deviation', 'conforms', 'not applicable', 'untested',
];

/** What fails the run is worse than what does not, a deviation worse than what was not checked. */
function rank({ outcome, failing }: Judgement) {
  return worst.indexOf(outcome) - (failing && outcome !== 'error' ? worst.length : 0);
}

export function worstOf<T extends Judgement>(all: readonly [T, ...T[]]): T {
  return all.reduce((a, b) => (rank(b) < rank(a) ? b : a));
}

/** What judges documented creates and no refusals speaks of creates. */
function asksOf(requirement: Requirement): Verdict['asks'] {
  const isAsked = (kind: 'create' | 'negative') =>
    isJudged(requirement) && judges(requirement, { kind, name: '', requirement: undefined });
  return isAsked('create') && !isAsked('negative') ? 'create' : 'request';
}

export function verdictOf(
  requirement: Requirement,
  routes: readonly [RouteVerdict, ...RouteVerdict[]],
): Verdict {
  const { id, level, source, text, expected, dependsOn } = requirement;
  const { route: _, ...deciding } = worstOf(routes);
  const sum = (count: 'requests' | 'failingRequests') =>
    routes.reduce((total, each) => total + each[count], 0);
  return {
    requirement: id,
    ...{ level, source, text, expected, dependsOn },
    asks: asksOf(requirement),
    ...deciding,
    requests: sum('requests'),
    failingRequests: sum('failingRequests'),
    routes,
  };
}
