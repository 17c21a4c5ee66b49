import type { Place, Route } from '../operation.ts';
import type { Latency, Outcome, Report, ShownExchange, Verdict } from './report.ts';

// history.jsonl (schemas/files/history.json): a line for each whole run, and what comparing them comes to.

/** A requirement in the place in which it is judged. */
export interface At {
  readonly requirement: string;
  readonly route: Place;
}

/** What was found wrong in one place, as a history keeps it. */
export interface KeptFinding extends At {
  readonly outcome: Outcome;
  readonly received: string;
  readonly requests: number;
  readonly failingRequests: number;
  readonly part?: string;
  readonly warning?: true;
}

/** Requirements of which the same is said on the same routes. */
export interface Group {
  readonly routes: readonly Place[];
  readonly requirements: readonly string[];
}

/** One run, as a line of the history. */
export interface RunRecord {
  readonly run: string;
  readonly target: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly seed: number;
  readonly latency: Latency;
  readonly conforms: readonly Group[];
  /** What says nothing for or against the target. */
  readonly silent: readonly Group[];
  readonly findings: readonly KeptFinding[];
}

/** What a run says of one requirement in one place. */
export type State =
  | { readonly kind: 'conforms' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'found'; readonly finding: KeptFinding };

const read = new WeakMap<RunRecord, ReadonlyMap<string, ReadonlyMap<Place, State>>>();

/** By requirement and route. */
function statesIn(record: RunRecord): ReadonlyMap<string, ReadonlyMap<Place, State>> {
  const known = read.get(record);
  if (known !== undefined) return known;
  const states = new Map<string, Map<Place, State>>();
  const set = ({ requirement, route }: At, state: State) => {
    const mine = states.get(requirement) ?? new Map<Place, State>();
    states.set(requirement, mine.set(route, state));
  };
  for (const kind of ['conforms', 'silent'] as const)
    for (const { routes, requirements } of record[kind])
      for (const requirement of requirements)
        for (const route of routes) set({ requirement, route }, { kind });
  // What is declared and conforms now was not found.
  for (const finding of record.findings)
    set(
      finding,
      finding.outcome === 'stale deviation' ? { kind: 'conforms' } : { kind: 'found', finding },
    );
  read.set(record, states);
  return states;
}

/** What the run says of a requirement in a place; undefined: it was not judged there. */
export function stateAt(record: RunRecord, { requirement, route }: At): State | undefined {
  return statesIn(record).get(requirement)?.get(route);
}

/** Every requirement and place that the run judged. */
export function judgedIn(record: RunRecord): At[] {
  return [...statesIn(record)].flatMap(([requirement, places]) =>
    [...places.keys()].map((route) => ({ requirement, route })),
  );
}

/** Whether both speak of the same requirement in the same place. */
export function isSameAt(a: At, b: At): boolean {
  return a.requirement === b.requirement && a.route === b.route;
}

/** The day a run belongs to, in UTC. */
export function dateOf({ startedAt }: Pick<RunRecord, 'startedAt'>): string {
  return startedAt.slice(0, 10);
}

/**
 * What became of a requirement in a place since the last run that said anything of it.
 * `broke`, `changed`, `still`, `flaky` and `declared` were found now, `fixed` conforms again.
 */
export type ChangeKind = 'broke' | 'changed' | 'still' | 'flaky' | 'declared' | 'fixed';

export interface Change extends At {
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

/** A requirement that neither conforms nor deviates reliably, and what shows it. */
export interface Flaky extends At {
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

/** The last run of a target against the ones before it. */
export interface Regression {
  readonly target: string;
  /** The last run of each day, oldest first; the last one is the run itself, also where it is the second of its day. */
  readonly runs: readonly RunRecord[];
  /** The run before, whatever its day; undefined: this is the first. */
  readonly previousRun: RunRecord | undefined;
  readonly changes: readonly Change[];
  readonly flaky: readonly Flaky[];
  readonly slower: readonly Slower[];
  /** Ids judged now and in no earlier run, and the other way round the run before. */
  readonly added: readonly string[];
  readonly withdrawn: readonly string[];
  /** The version of the suite in the run before, where it is another one. */
  readonly suiteBefore: string | undefined;
}

/** A run with what became of it since the previous one. */
export interface Compared {
  readonly report: Report;
  readonly regression: Regression;
}

/** A run put together again from what its tests handed over. */
export interface CollectedRun {
  readonly report: Report;
  /** Whether every verdict is there: `--grep` leaves some out. */
  readonly whole: boolean;
  /** The exchange with which the target stopped answering, if it did. */
  readonly collapsed?: ShownExchange | undefined;
  readonly exchangeOf: (verdict: Verdict) => ShownExchange | undefined;
}

/** A run with what became of it since the previous one, and whether it fails. */
export type ComparedRun = CollectedRun & Compared & { readonly fails: boolean };

/** Runs beside the history: what a page shows, and what fails a run that minds only what is new. */
export interface ComparedRuns {
  readonly runs: readonly ComparedRun[];
  /** Targets of the history that did not run now. */
  readonly others: readonly Regression[];
  /** Lines of the history that could not be read. */
  readonly unreadable: readonly string[];
}
