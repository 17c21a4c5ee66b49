import type { Latency, Outcome } from '../../schemas/files/report.ts';
import type { Route } from '../../schemas/operation.ts';

// A line of history.jsonl, one run in the form in which runs are compared, and what comparing them comes to.

/** What was found against a requirement. */
export interface Found {
  readonly outcome: Extract<Outcome, 'deviates' | 'known deviation' | 'changed deviation'>;
  readonly received: string;
  /** Where it was found, if not wherever it was judged. */
  readonly routes?: readonly string[];
  readonly requests: number;
  readonly failingRequests: number;
  readonly warning?: true;
}

/** What a run says of a requirement; `silent`: nothing for or against the target. */
export type State = 'conforms' | 'silent' | Found;

/** One run, as a line of the history. */
export interface RunRecord {
  readonly run: string;
  readonly target: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly seed: number;
  readonly status: 'PASSED' | 'FAILED' | 'INCONCLUSIVE';
  readonly latency: Latency;
  /** By the ids of the requirements; empty where nothing that was judged counts. */
  readonly states: Readonly<Record<string, State>>;
}

/** The day a run belongs to, in UTC. */
export function dateOf({ startedAt }: Pick<RunRecord, 'startedAt'>): string {
  return startedAt.slice(0, 10);
}

/**
 * What became of a requirement since the last run that said anything of it. `found`: nothing said
 * anything before; `broke`, `changed`, `still`, `flaky` and `declared` deviate now, `fixed` conforms again.
 */
export type ChangeKind = 'found' | 'broke' | 'changed' | 'still' | 'flaky' | 'declared' | 'fixed';

export interface Change {
  readonly requirement: string;
  readonly kind: ChangeKind;
  /** The date of the first run of the unbroken row in which it was found. */
  readonly since: string;
  /** Whether the history begins with it found: it may be older. */
  readonly orEarlier: boolean;
  readonly received: string;
  /** What was received before, where it is another text now. */
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
  readonly flaky: readonly Flaky[];
  readonly slower: readonly Slower[];
  /** Ids judged now and in no earlier run, and the other way round the run before. */
  readonly added: readonly string[];
  readonly withdrawn: readonly string[];
}

/** A requirement that neither conforms nor deviates reliably, and what shows it. */
export interface Flaky {
  readonly requirement: string;
  readonly why: string;
  /** Whether it turned between runs: then one turn more is no news. */
  readonly turns: boolean;
}

/** A route whose responses take longer than they did, in milliseconds at the median. */
export interface Slower {
  readonly route: Route;
  readonly before: number;
  readonly now: number;
}
