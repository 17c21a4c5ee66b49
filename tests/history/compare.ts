import type { Verdict } from '../judge/judge.ts';
import { type Flaky, flakyIn } from './flaky.ts';
import { type KeptFinding, keyOf, type RunRecord, type State, statesOf } from './record.ts';
import { type Slower, slowerIn } from './slower.ts';

/** Nights a report shows and compares. */
const shownRuns = 30;

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

/** The day a run belongs to, in UTC. */
export function dateOf({ startedAt }: Pick<RunRecord, 'startedAt'>): string {
  return startedAt.slice(0, 10);
}

/** The nights of a target, one a day, oldest first: a later run of the same day replaces the earlier. */
export function runsOf(
  all: readonly RunRecord[],
  target: string,
  until?: Pick<RunRecord, 'startedAt'>,
): RunRecord[] {
  const byDate = new Map<string, RunRecord>();
  for (const night of all
    .filter((each) => each.target === target && !(until && each.startedAt > until.startedAt))
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt))))
    byDate.set(dateOf(night), night);
  return [...byDate.values()].slice(-shownRuns);
}

/** Compares the last of the nights of a target with the ones before. Pure. */
export function regressionOf(runs: readonly RunRecord[]): Regression | undefined {
  const tonight = runs.at(-1);
  if (tonight === undefined) return undefined;
  const flaky = flakyIn(runs);
  const earlier = runs.slice(0, -1);
  const before = earlier.at(-1);
  const known = (among: readonly RunRecord[]) => new Set(among.flatMap(idsOf));
  const [now, ever, lately] = [known([tonight]), known(earlier), known(before ? [before] : [])];
  return {
    target: tonight.target,
    runs,
    previousRun: before && dateOf(before),
    changes: [...statesOf(tonight)]
      .flatMap(([key, state]) => changeOf(key, state, runs) ?? [])
      .flatMap((change) => newsOf(change, flaky)),
    flaky,
    slower: slowerIn(runs),
    added: before ? [...now].filter((id) => !ever.has(id)) : [],
    withdrawn: [...lately].filter((id) => !now.has(id)),
    suiteBefore: before?.suiteVersion === tonight.suiteVersion ? undefined : before?.suiteVersion,
  };
}

function idsOf(night: RunRecord): string[] {
  return [...statesOf(night).keys()].map((key) => key.split(' ')[0] ?? '');
}

function changeOf(key: string, now: State, runs: readonly RunRecord[]): Change | undefined {
  if (now.kind === 'silent') return undefined;
  // Nights that tell nothing of it are passed over, so that an outage is neither a break nor a mend.
  const told = runs.slice(0, -1).flatMap((night) => {
    const state = statesOf(night).get(key);
    return state === undefined || state.kind === 'silent' ? [] : [{ night, state }];
  });
  const last = told.at(-1)?.state;
  const [requirement = '', route = ''] = key.split(' ');
  const place = { requirement, route: route as Verdict['route'] };
  const conformed = told.findLastIndex(({ state }) => state.kind === 'conforms');
  const first = told[conformed + 1]?.night ?? runs.at(-1);
  const since = first ? dateOf(first) : '';
  if (now.kind === 'conforms') {
    if (last?.kind !== 'found') return undefined;
    const fixed = told.findLastIndex(
      ({ state }, i) => state.kind === 'found' && told[i - 1]?.state.kind !== 'found',
    );
    const begun = told[fixed]?.night;
    return {
      ...place,
      kind: 'fixed',
      since: begun ? dateOf(begun) : '',
      orEarlier: fixed === 0,
      received: last.finding.received,
      warning: last.finding.warning === true,
    };
  }
  const { finding } = now;
  return {
    ...place,
    kind: kindOf(finding, last),
    since,
    orEarlier: conformed === -1 && last !== undefined,
    received: finding.received,
    ...(last?.kind === 'found' &&
      last.finding.received !== finding.received && { before: last.finding.received }),
    warning: finding.warning === true,
  };
}

/** What turns to and fro is neither broken nor mended by one turn more. */
function newsOf(change: Change, flaky: readonly Flaky[]): Change[] {
  const turns = flaky.some((each) => each.turns && keyOf(each) === keyOf(change));
  if (!turns || change.kind === 'declared') return [change];
  return change.kind === 'fixed' ? [] : [{ ...change, kind: 'flaky' }];
}

function kindOf({ outcome, received }: KeptFinding, last: State | undefined): ChangeKind {
  if (outcome === 'known deviation') return 'declared';
  if (last?.kind !== 'found') return 'broke';
  return last.finding.received === received ? 'still' : 'changed';
}
