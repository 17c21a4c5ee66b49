import type { Outcome, RouteVerdict, Verdict } from '../../schemas/files/report.ts';
import { printable } from '../judge/text.ts';
import type { Found, State } from './history.ts';

/** Characters of a received text that a history keeps: enough to distinguish two. */
const keptText = 200;

const found: readonly Outcome[] = ['deviates', 'known deviation', 'changed deviation'];

/** What a run says of each requirement that it judged. */
export function statesOf(verdicts: readonly Verdict[]): Record<string, State> {
  const judged = verdicts.filter(({ outcome }) => outcome !== 'untested');
  return Object.fromEntries(judged.map((verdict) => [verdict.requirement, stateOf(verdict)]));
}

function stateOf({ outcome, failing, routes }: Verdict): State {
  if (outcome === 'error' || outcome === 'not applicable') return 'silent';
  const here = routes.filter((each) => found.includes(each.outcome));
  if (here.length === 0) return 'conforms';
  const judged = routes.filter(({ requests }) => requests > 0);
  const sum = (of: (each: RouteVerdict) => number) =>
    here.reduce((total, each) => total + of(each), 0);
  return {
    // What is stale on one route is no finding of the other.
    outcome: outcome === 'stale deviation' ? 'changed deviation' : (outcome as Found['outcome']),
    received: keptReceived(here.map(({ received }) => received)),
    ...(here.length < judged.length && { routes: here.map(({ route }) => route) }),
    requests: sum(({ requests }) => requests),
    failingRequests: sum(({ failingRequests }) => failingRequests),
    ...(outcome === 'deviates' && !failing && { warning: true }),
  };
}

/** What was received wherever it was found, as runs compare it. */
export function keptReceived(received: readonly string[]): string {
  const text = printable([...new Set(received)].join('; '));
  return text.length > keptText ? `${text.slice(0, keptText - 1)}…` : text;
}

/** A run of version 0.4, which kept each route by itself, in the form of today; undefined: it is no such run. */
export function fromVersion04(line: Readonly<Record<string, unknown>>): unknown {
  const { conforms, silent, findings, ...run } = line;
  if (![conforms, silent, findings].every(Array.isArray)) return undefined;
  const states: Record<string, unknown> = {};
  for (const [kind, groups] of Object.entries({ silent, conforms }))
    for (const { requirements } of groups as readonly { requirements: readonly string[] }[])
      for (const id of requirements) states[id] = kind;
  const all = findings as readonly (Found & { requirement: string; route: string })[];
  for (const { requirement, outcome, warning } of all) {
    const mine = all.filter(
      (each) => each.requirement === requirement && found.includes(each.outcome),
    );
    const routes = mine.map(({ route }) => route);
    const [first] = mine;
    states[requirement] = first
      ? {
          outcome,
          received: keptReceived(mine.map(({ received }) => received)),
          ...(routes.length === 1 && routes[0] !== 'both' && { routes }),
          requests: first.requests,
          failingRequests: first.failingRequests,
          ...(warning && { warning }),
        }
      : 'conforms';
  }
  const fails = all.some(({ outcome, warning }) => outcome !== 'known deviation' && !warning);
  return { ...run, status: fails ? 'FAILED' : 'PASSED', states };
}
