import type { Group, KeptFinding, RunRecord } from '../../schemas/files/history.ts';
import type { Outcome, Report, Verdict } from '../../schemas/files/report.ts';
import { printable } from '../judge/text.ts';

/** Characters of a received text that a history keeps: enough to distinguish two. */
const keptText = 200;

/** The run in the form in which runs are compared. */
export function recordOf(report: Report): RunRecord {
  const { run, target, startedAt, suiteVersion, seed, latency, verdicts } = report;
  const of = (...outcomes: Outcome[]) =>
    verdicts.filter(({ outcome }) => outcomes.includes(outcome));
  return {
    run,
    target,
    startedAt,
    suiteVersion,
    seed,
    latency,
    conforms: grouped(of('conforms')),
    silent: grouped(of('error', 'not applicable')),
    findings: of('deviates', 'known deviation', 'changed deviation', 'stale deviation').map(kept),
  };
}

function kept(verdict: Verdict): KeptFinding {
  const { requirement, route, outcome, received, requests, failingRequests, part, failing } =
    verdict;
  return {
    requirement,
    route,
    outcome,
    received: keptReceived(received),
    requests,
    failingRequests,
    ...(part && { part }),
    ...(outcome === 'deviates' && !failing && { warning: true }),
  };
}

/** A received text as runs compare it. */
export function keptReceived(received: string): string {
  const text = printable(received);
  return text.length > keptText ? `${text.slice(0, keptText - 1)}…` : text;
}

/** Requirements together that are judged on the same routes. */
function grouped(verdicts: readonly Verdict[]): Group[] {
  const groups: { routes: Verdict['route'][]; requirements: string[] }[] = [];
  for (const id of new Set(verdicts.map(({ requirement }) => requirement))) {
    const mine = verdicts.filter(({ requirement }) => requirement === id);
    const routes = mine.map(({ route }) => route);
    const same = groups.find(
      (group) =>
        group.routes.length === routes.length &&
        group.routes.every((each, i) => each === routes[i]),
    );
    if (same === undefined) groups.push({ routes, requirements: [id] });
    else same.requirements.push(id);
  }
  return groups;
}
