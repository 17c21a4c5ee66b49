import {
  type Change,
  type ChangeKind,
  dateOf,
  type Flaky,
  type KeptFinding,
  keyOf,
  type Regression,
  type RunRecord,
  type State,
  statesOf,
} from '../../schemas/files/history.ts';
import type { Verdict } from '../../schemas/files/report.ts';
import { flakyIn } from './flaky.ts';
import { slowerIn } from './slower.ts';

/** Nights a report shows and compares. */
const shownRuns = 30;

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
