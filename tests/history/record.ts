import type { ByPlaces, KeptFinding, RunRecord } from '../../schemas/files/history.ts';
import type { Outcome, Report, Verdict } from '../../schemas/files/report.ts';
import { printable } from '../report/wording.ts';

/** Characters of a received text that a history keeps: enough to tell two apart. */
const keptText = 200;

/** The run in the form that nights are compared in. */
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
    conforms: byPlaces(of('conforms')),
    silent: byPlaces(of('not judged', 'not applicable')),
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

/** A received text as nights compare it. */
export function keptReceived(received: string): string {
  const text = printable(received);
  return text.length > keptText ? `${text.slice(0, keptText - 1)}…` : text;
}

function byPlaces(verdicts: readonly Verdict[]): ByPlaces {
  const grouped: Record<string, string[]> = {};
  for (const id of new Set(verdicts.map(({ requirement }) => requirement))) {
    const mine = verdicts.filter(({ requirement }) => requirement === id);
    const places = mine.map(({ route }) => route).join('+');
    grouped[places] = [...(grouped[places] ?? []), id];
  }
  return grouped;
}
