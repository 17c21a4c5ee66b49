import type { Outcome, Verdict } from '../../schemas/files/report.ts';
import { printable } from '../judge/text.ts';

type Found = Readonly<{
  outcome: Outcome;
  received: string;
  routes?: readonly string[];
  requests: number;
  failingRequests: number;
  warning?: true;
}>;

/** `silent`: nothing for or against the target. */
export type State = 'conforms' | 'silent' | Found;

export type RunRecord = Readonly<{
  run: string;
  target: string;
  startedAt: string;
  suiteVersion: string;
  seed: number;
  status: 'PASSED' | 'FAILED' | 'INCONCLUSIVE';
  states: Readonly<Record<string, State>>;
  /** References that it left in the tenant, where it failed for one. */
  left?: number;
}>;

/** Since a run last said anything of it; `found`: none did. */
export type ChangeKind = 'found' | 'broke' | 'changed' | 'still' | 'declared' | 'fixed';

/** Enough to distinguish two received texts. */
const keptText = 200;

export const deviations: readonly Outcome[] = ['deviates', 'known deviation', 'changed deviation'];

export function statesOf(verdicts: readonly Verdict[]): Record<string, State> {
  const judged = verdicts.filter(({ outcome }) => outcome !== 'untested');
  return Object.fromEntries(judged.map((verdict) => [verdict.requirement, stateOf(verdict)]));
}

function stateOf({ outcome, failing, routes, requests, failingRequests }: Verdict): State {
  if (outcome === 'error' || outcome === 'not applicable') return 'silent';
  const here = routes.filter((each) => deviations.includes(each.outcome));
  if (here.length === 0) return 'conforms';
  const received = printable([...new Set(here.map((each) => each.received))].join('; '));
  const isEverywhere = here.length === routes.filter((each) => each.requests > 0).length;
  return {
    outcome,
    received: received.length > keptText ? `${received.slice(0, keptText - 1)}…` : received,
    ...(!isEverywhere && { routes: here.map(({ route }) => route) }),
    requests,
    failingRequests,
    ...(outcome === 'deviates' && !failing && { warning: true }),
  };
}

export function dateOf({ startedAt }: Pick<RunRecord, 'startedAt'>): string {
  return startedAt.slice(0, 10);
}
