import { counted, toldOf } from '../judge/text.ts';
import { type ChangeKind, type Deviating, dateOf, type RunRecord, type State } from './history.ts';

const shownRuns = 30;
/** Fewer turns are a break and its fix; what was flaky more runs ago is over. */
const [turnsOfFlaky, recentRuns] = [3, 14];

export type Comparison = ReturnType<typeof compare>;
export type Change = NonNullable<ReturnType<typeof changeOf>>;

/** With the earlier runs of its target, in whatever order they come. Pure. */
export function compare(all: readonly RunRecord[], now: RunRecord) {
  const earlier = all
    .filter((each) => each.target === now.target && each.startedAt < now.startedAt)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt)))
    .slice(1 - shownRuns);
  const runs = [...earlier, now];
  return {
    runs,
    previous: earlier.findLast(({ states }) => Object.keys(states).length > 0),
    changes: Object.keys(now.states).flatMap((id) => changeOf(id, runs) ?? []),
  };
}

/** What the last run of an earlier day that judged it had not, or not so. */
export function newsOf(all: readonly RunRecord[], now: RunRecord): Change[] {
  const days = all.filter((each) => dateOf(each) < dateOf(now));
  return compare(days, now).changes.filter(({ kind }) =>
    ['found', 'broke', 'changed'].includes(kind),
  );
}

type Said = Readonly<{ run: RunRecord; state: Exclude<State, 'silent'> }>;

function changeOf(requirement: string, runs: readonly RunRecord[]) {
  // An outage is neither a break nor a fix.
  const said: Said[] = [];
  for (const run of runs) {
    const state = run.states[requirement] ?? 'silent';
    // A run that left out requests may not have asked for what it did not find again.
    const isOpen = run.incomplete && state === 'conforms' && typeof said.at(-1)?.state === 'object';
    if (state !== 'silent' && !isOpen) said.push({ run, state });
  }
  const now = said.at(-1);
  if (now === undefined || now.run !== runs.at(-1)) return undefined;
  const last = said.at(-2)?.state;
  const turns = turnsIn(said.slice(-recentRuns));
  // Of what conforms now, the row is the one that ended with the last run.
  const told = now.state === 'conforms' ? last : now.state;
  const found = typeof told === 'object' ? told : undefined;
  if (found === undefined && turns === undefined) return undefined;
  const conformed = said.slice(0, -1).findLastIndex(({ state }) => state === 'conforms');
  const isSame = textOf(last) === textOf(told);
  return {
    requirement,
    kind: kindOf(now.state, last),
    /** The first day of the unbroken row, with ≥ where the history begins with it. */
    since: `${conformed === -1 && last ? '≥ ' : ''}${dateOf(said[conformed + 1]?.run ?? now.run)}`,
    received: found ? toldOf(found) : '',
    before: isSame ? undefined : textOf(last, toldOf),
    /** Of what is flaky: how often it changed. */
    turns,
    isWarning: found?.warning === true,
  };
}

function textOf(state: State | undefined, of = ({ received }: Deviating) => received) {
  if (typeof state !== 'object') return undefined;
  const { routes = [] } = state;
  return `${of(state)}${routes.map((route) => ` on /${route}`).join('')}`;
}

function kindOf(state: Said['state'], last: State | undefined): ChangeKind {
  if (typeof state !== 'object') return 'fixed';
  if (state.outcome === 'known deviation') return 'declared';
  if (typeof last !== 'object') return last === undefined ? 'found' : 'broke';
  const isSame = textOf(last) === textOf(state) && last.outcome === state.outcome;
  return isSame ? 'still' : 'changed';
}

/** How often neither suite nor seed can have changed it; undefined: seldom, or it is broken of late. */
function turnsIn(said: readonly Said[]) {
  const conforms = ({ state }: Said) => state === 'conforms';
  const turns = said.filter((now, i) => {
    const before = said[i - 1] ?? now;
    return conforms(before) !== conforms(now) && !isCaused(before, now);
  }).length;
  if (turns < turnsOfFlaky || !said.slice(-turnsOfFlaky).some(conforms)) return undefined;
  return `changed ${turns} times between conforming and not in ${counted(said.length, 'run')}`;
}

/** Another suite may judge otherwise; another seed may where only some requests show it. */
function isCaused(before: Said, now: Said) {
  if (before.run.suiteVersion !== now.run.suiteVersion) return true;
  const isSome = ({ state }: Said) =>
    typeof state === 'object' && state.failingRequests < state.requests;
  return before.run.seed !== now.run.seed && (isSome(before) || isSome(now));
}
