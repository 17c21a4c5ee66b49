import { counted } from '../judge/text.ts';
import {
  type Change,
  type ChangeKind,
  type Comparison,
  dateOf,
  type Found,
  type RunRecord,
  type State,
} from './history.ts';

/** Runs that a report shows and compares. */
const shownRuns = 30;
/** Fewer turns than these are a break and its fix, and what was flaky more runs ago is over. */
const [turnsOfFlaky, recentRuns] = [3, 14];

/** Compares a run with the earlier ones of its target, in whatever order they come. Pure. */
export function compare(all: readonly RunRecord[], now: RunRecord): Comparison {
  const earlier = all
    .filter((each) => each.target === now.target && each.startedAt < now.startedAt)
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt)))
    .slice(1 - shownRuns);
  const runs = [...earlier, now];
  const ids = Object.keys(now.states);
  const flaky = new Map(ids.flatMap((id) => turnsOf(id, runs.slice(-recentRuns))));
  return {
    runs,
    previous: earlier.findLast(({ states }) => Object.keys(states).length > 0),
    changes: ids
      .flatMap((id) => changeOf(id, now, earlier) ?? [])
      .map((each) =>
        each.kind !== 'declared' && flaky.has(each.requirement)
          ? { ...each, kind: 'flaky' as const }
          : each,
      ),
    flaky,
  };
}

interface Said {
  readonly run: RunRecord;
  readonly state: Exclude<State, 'silent'>;
}

/** Runs that say nothing are passed over, so that an outage is neither a break nor a fix. */
function saidOf(requirement: string, runs: readonly RunRecord[]): Said[] {
  return runs.flatMap((run) => {
    const state = run.states[requirement];
    return state === undefined || state === 'silent' ? [] : [{ run, state }];
  });
}

function changeOf(
  requirement: string,
  now: RunRecord,
  earlier: readonly RunRecord[],
): Change | undefined {
  const [current] = saidOf(requirement, [now]);
  if (current === undefined) return undefined;
  const said = saidOf(requirement, earlier);
  const last = said.at(-1)?.state;
  // Of what conforms now, the row is the one that ended with the last run.
  const told = current.state === 'conforms' ? last : current.state;
  if (told === undefined || told === 'conforms') return undefined;
  const conformed = said.findLastIndex((each) => each.state === 'conforms');
  const before = textOf(last);
  return {
    requirement,
    kind: current.state === 'conforms' ? 'fixed' : kindOf(told, last),
    since: `${conformed === -1 && last ? '≥ ' : ''}${dateOf(said[conformed + 1]?.run ?? now)}`,
    received: told.received,
    ...(before !== undefined && before !== textOf(told) && { before }),
    warning: told.warning === true,
  };
}

/** What a run says was found, with the routes where it is not all; undefined: nothing was. */
function textOf(state: State | undefined): string | undefined {
  if (state === undefined || typeof state === 'string') return undefined;
  const { received, routes = [] } = state;
  return `${received}${routes.map((route) => ` on /${route}`).join('')}`;
}

function kindOf(found: Found, last: State | undefined): ChangeKind {
  if (found.outcome === 'known deviation') return 'declared';
  if (last === undefined) return 'found';
  if (last === 'conforms') return 'broke';
  return textOf(last) === textOf(found) ? 'still' : 'changed';
}

/** What turned to and fro although neither the suite nor the seed can be the cause; not what is broken of late. */
function turnsOf(requirement: string, runs: readonly RunRecord[]): [string, string][] {
  const said = saidOf(requirement, runs);
  const lately = said.slice(-turnsOfFlaky);
  const isBroken = lately.every(({ state }) => state !== 'conforms');
  const turns = said.filter((now, i) => {
    const before = said[i - 1] ?? now;
    return (before.state === 'conforms') !== (now.state === 'conforms') && !isCaused(before, now);
  }).length;
  if (turns < turnsOfFlaky || isBroken) return [];
  const why = `changed ${turns} times between conforming and not in ${counted(said.length, 'run')}`;
  return [[requirement, why]];
}

/** Another suite may judge otherwise; another seed may where only some requests show it. */
function isCaused(before: Said, now: Said): boolean {
  if (before.run.suiteVersion !== now.run.suiteVersion) return true;
  const isSome = ({ state }: Said) =>
    typeof state === 'object' && state.failingRequests < state.requests;
  return before.run.seed !== now.run.seed && (isSome(before) || isSome(now));
}

/** The failing requirements that the last run of an earlier day which judged them had not already, or not so. */
export function newlyFailing(
  failing: readonly string[],
  now: RunRecord,
  earlier: readonly RunRecord[],
): string[] {
  const days = earlier.filter((each) => dateOf(each) < dateOf(now));
  return failing.filter((id) => {
    const [before, state] = [saidOf(id, days).at(-1)?.state, now.states[id]];
    const isOld = typeof before === 'object' && typeof state === 'object';
    return !(isOld && before.outcome === state.outcome && textOf(before) === textOf(state));
  });
}
