import type { Outcome, Verdict } from '../../schemas/files/report.ts';
import { printable } from '../judge/text.ts';

export interface Found {
  readonly outcome: Outcome;
  readonly received: string;
  /** Where it was found, if not wherever it was judged. */
  readonly routes?: readonly string[];
  readonly requests: number;
  readonly failingRequests: number;
  readonly warning?: true;
}

/** What a run says of a requirement; `silent`: nothing for or against the target. */
export type State = 'conforms' | 'silent' | Found;

/** One run, as a line of history.jsonl. */
export interface RunRecord {
  readonly run: string;
  readonly target: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly seed: number;
  readonly status: 'PASSED' | 'FAILED' | 'INCONCLUSIVE';
  /** By the ids of the requirements; empty where nothing that was judged counts. */
  readonly states: Readonly<Record<string, State>>;
}

/** What became of a requirement since a run last said anything of it; `found`: none did before. */
export type ChangeKind = 'found' | 'broke' | 'changed' | 'still' | 'flaky' | 'declared' | 'fixed';

export interface Change {
  readonly requirement: string;
  readonly kind: ChangeKind;
  /** The first day of the unbroken row, with ≥ where the history begins with it. */
  readonly since: string;
  readonly received: string;
  readonly before?: string;
  readonly warning: boolean;
}

/** The last run of a target against the ones before it. */
export interface Comparison {
  /** Oldest first; the last one is the run itself. */
  readonly runs: readonly RunRecord[];
  /** The last run before that judged anything; undefined: there is none. */
  readonly previous: RunRecord | undefined;
  readonly changes: readonly Change[];
  readonly flaky: ReadonlyMap<string, string>;
}

/** Characters of a received text that a history keeps: enough to distinguish two. */
const keptText = 200;

const found: readonly Outcome[] = ['deviates', 'known deviation', 'changed deviation'];

/** What a run says of each requirement that it judged. */
export function statesOf(verdicts: readonly Verdict[]): Record<string, State> {
  const judged = verdicts.filter(({ outcome }) => outcome !== 'untested');
  return Object.fromEntries(judged.map((verdict) => [verdict.requirement, stateOf(verdict)]));
}

function stateOf({ outcome, failing, routes, requests, failingRequests }: Verdict): State {
  if (outcome === 'error' || outcome === 'not applicable') return 'silent';
  const here = routes.filter((each) => found.includes(each.outcome));
  if (here.length === 0) return 'conforms';
  const received = printable([...new Set(here.map((each) => each.received))].join('; '));
  return {
    outcome,
    received: received.length > keptText ? `${received.slice(0, keptText - 1)}…` : received,
    ...(here.length < routes.filter((each) => each.requests > 0).length && {
      routes: here.map(({ route }) => route),
    }),
    requests,
    failingRequests,
    ...(outcome === 'deviates' && !failing && { warning: true }),
  };
}

/** The day a run belongs to, in UTC. */
export function dateOf({ startedAt }: Pick<RunRecord, 'startedAt'>): string {
  return startedAt.slice(0, 10);
}
