import {
  type At,
  type Change,
  type ChangeKind,
  dateOf,
  type Flaky,
  isSameAt,
  judgedIn,
  type KeptFinding,
  type Regression,
  type RunRecord,
  type State,
  stateAt,
} from '../../schemas/files/history.ts';
import { flakyIn, saidOf, slowerIn } from './trends.ts';

/** Runs that a report shows and compares. */
const shownRuns = 30;

/**
 * The runs of a target, oldest first: the last one, and before it the last of each day. So a second
 * run of a day is compared with the first, and a trend is one of days. `until`: the run to end with.
 */
export function runsOf(
  all: readonly RunRecord[],
  target: string,
  until?: Pick<RunRecord, 'startedAt'>,
): RunRecord[] {
  const mine = all
    .filter((each) => each.target === target && !(until && each.startedAt > until.startedAt))
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt)));
  const byDate = new Map(mine.slice(0, -1).map((run) => [dateOf(run), run]));
  return [...byDate.values(), ...mine.slice(-1)].slice(-shownRuns);
}

/** Compares the last of the runs of a target with the ones before. Pure. */
export function regressionOf(runs: readonly RunRecord[]): Regression | undefined {
  const last = runs.at(-1);
  if (last === undefined) return undefined;
  const flaky = flakyIn(runs);
  const earlier = runs.slice(0, -1);
  const before = earlier.at(-1);
  const [now, ever, lately] = [idsIn([last]), idsIn(earlier), idsIn(before ? [before] : [])];
  return {
    target: last.target,
    runs,
    previousRun: before,
    changes: judgedIn(last)
      .flatMap((at) => changeOf(at, stateAt(last, at), runs) ?? [])
      .flatMap((change) => newsOf(change, flaky)),
    flaky,
    slower: slowerIn(runs),
    added: before ? [...now].filter((id) => !ever.has(id)) : [],
    withdrawn: [...lately].filter((id) => !now.has(id)),
    suiteBefore: before?.suiteVersion === last.suiteVersion ? undefined : before?.suiteVersion,
  };
}

function idsIn(runs: readonly RunRecord[]): Set<string> {
  return new Set(runs.flatMap(judgedIn).map(({ requirement }) => requirement));
}

function changeOf(at: At, now: State | undefined, runs: readonly RunRecord[]): Change | undefined {
  if (now === undefined || now.kind === 'silent') return undefined;
  // Runs that say nothing of it are passed over, so that an outage is neither a break nor a fix.
  const said = saidOf(at, runs.slice(0, -1));
  const last = said.at(-1)?.state;
  const dateAt = (i: number) => dateOf(said[i]?.run ?? runs.at(-1) ?? { startedAt: '' });
  if (now.kind === 'conforms') {
    if (last?.kind !== 'found') return undefined;
    const begun = said.findLastIndex(
      ({ state }, i) => state.kind === 'found' && said[i - 1]?.state.kind !== 'found',
    );
    return {
      ...at,
      kind: 'fixed',
      since: dateAt(begun),
      orEarlier: begun === 0,
      received: last.finding.received,
      warning: last.finding.warning === true,
    };
  }
  const { finding } = now;
  const conformed = said.findLastIndex(({ state }) => state.kind === 'conforms');
  const before = last?.kind === 'found' ? last.finding.received : finding.received;
  return {
    ...at,
    kind: kindOf(finding, last),
    since: dateAt(conformed + 1),
    orEarlier: conformed === -1 && last !== undefined,
    received: finding.received,
    ...(before !== finding.received && { before }),
    warning: finding.warning === true,
  };
}

/** What turns to and fro is neither broken nor fixed by one turn more. */
function newsOf(change: Change, flaky: readonly Flaky[]): Change[] {
  const turns = flaky.some((each) => each.turns && isSameAt(each, change));
  if (!turns || change.kind === 'declared') return [change];
  return change.kind === 'fixed' ? [] : [{ ...change, kind: 'flaky' }];
}

function kindOf({ outcome, received }: KeptFinding, last: State | undefined): ChangeKind {
  if (outcome === 'known deviation') return 'declared';
  if (last?.kind !== 'found') return 'broke';
  return last.finding.received === received ? 'still' : 'changed';
}
