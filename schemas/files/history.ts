import type { Place, Route } from '../operation.ts';
import type { Latency, Outcome, Report, Verdict } from './report.ts';
/** What was found wrong in one place, as a history keeps it. */
export interface KeptFinding {
  readonly requirement: string;
  readonly route: Place;
  readonly outcome: Outcome;
  readonly received: string;
  readonly requests: number;
  readonly failingRequests: number;
  readonly part?: string;
  readonly warning?: true;
}

/** Ids by the places they hold in, `me+users` for instance. */
export type ByPlaces = Readonly<Record<string, readonly string[]>>;

/** One run, as a line of history.jsonl (schemas/files/history.json). */
export interface RunRecord {
  readonly run: string;
  readonly target: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly seed: number;
  readonly latency: Latency;
  readonly conforms: ByPlaces;
  readonly silent: ByPlaces;
  readonly findings: readonly KeptFinding[];
}

/** What a night says of one requirement in one place. */
export type State =
  | { readonly kind: 'conforms' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'found'; readonly finding: KeptFinding };

/** A requirement in a place, as a key. */
export function keyOf({ requirement, route }: { requirement: string; route: Place }): string {
  return `${requirement} ${route}`;
}

const read = new WeakMap<RunRecord, ReadonlyMap<string, State>>();

/** What the night says of every requirement and place it judged, by `keyOf`. */
export function statesOf(night: RunRecord): ReadonlyMap<string, State> {
  const known = read.get(night);
  if (known !== undefined) return known;
  const states = new Map<string, State>();
  for (const kind of ['conforms', 'silent'] as const)
    for (const [places, ids] of Object.entries(night[kind]))
      for (const id of ids)
        for (const place of places.split('+')) states.set(`${id} ${place}`, { kind });
  for (const finding of night.findings)
    states.set(
      keyOf(finding),
      // What is declared and conforms now was not found.
      finding.outcome === 'stale deviation' ? { kind: 'conforms' } : { kind: 'found', finding },
    );
  read.set(night, states);
  return states;
}

/** The day a run belongs to, in UTC. */
export function dateOf({ startedAt }: Pick<RunRecord, 'startedAt'>): string {
  return startedAt.slice(0, 10);
}

/**
 * What became of a requirement in a place since the last night that told anything of it.
 * `broke`, `changed`, `still`, `flaky` and `declared` were found tonight, `fixed` conforms again.
 */
export type ChangeKind = 'broke' | 'changed' | 'still' | 'flaky' | 'declared' | 'fixed';

export interface Change {
  readonly requirement: string;
  readonly route: Verdict['route'];
  readonly kind: ChangeKind;
  /** The first night of the unbroken row in which it was found. */
  readonly since: string;
  /** Whether the history begins with it found: it may be older. */
  readonly orEarlier: boolean;
  readonly received: string;
  /** What was received before, where it is another text now. */
  readonly before?: string;
  readonly warning: boolean;
}

/** A requirement that is neither kept nor broken reliably, and what shows it. */
export interface Flaky {
  readonly requirement: string;
  readonly route: Verdict['route'];
  readonly why: string;
  /** Whether it turned between nights: then tonight's turn is no news. */
  readonly turns: boolean;
}

/** A route whose answers take longer than they did, in milliseconds at the median. */
export interface Slower {
  readonly route: Route;
  readonly before: number;
  readonly now: number;
}

/** A target's last night against the ones before it. */
export interface Regression {
  readonly target: string;
  /** One night a day, oldest first, the last one being tonight. */
  readonly runs: readonly RunRecord[];
  /** The date of the night before; undefined: tonight is the first. */
  readonly previousRun: string | undefined;
  readonly changes: readonly Change[];
  readonly flaky: readonly Flaky[];
  readonly slower: readonly Slower[];
  /** Ids judged tonight and on no earlier night, and the other way round the night before. */
  readonly added: readonly string[];
  readonly withdrawn: readonly string[];
  /** The version of the night before, where it is another one. */
  readonly suiteBefore: string | undefined;
}

/** A run with what became of it since the last night. */
export interface Compared {
  readonly report: Report;
  readonly regression: Regression;
}
