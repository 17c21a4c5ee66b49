import {
  type Change,
  type ChangeKind,
  type Comparison,
  dateOf,
  type Flaky,
  type Found,
  type RunRecord,
  type State,
} from './history.ts';
import { flakyIn, saidOf, slowerIn } from './trends.ts';

/** Runs that a report shows and compares. */
const shownRuns = 30;

/** Compares a run with the earlier ones of its target, in whatever order they come. Pure. */
export function compare(all: readonly RunRecord[], now: RunRecord): Comparison {
  const earlier = all
    .filter((each) => each.target === now.target && each.startedAt < now.startedAt)
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt)))
    .slice(1 - shownRuns);
  const runs = [...earlier, now];
  const judged = earlier.filter(isJudged);
  const previous = judged.at(-1);
  const flaky = flakyIn(runs);
  const ids = Object.keys(now.states);
  const ever = new Set(judged.flatMap(({ states }) => Object.keys(states)));
  const isCompared = previous !== undefined && isJudged(now);
  return {
    runs,
    previous,
    changes: ids
      .flatMap((id) => changeOf(id, now, earlier) ?? [])
      .flatMap((change) => newsOf(change, flaky)),
    flaky,
    slower: slowerIn(runs),
    added: isCompared ? ids.filter((id) => !ever.has(id)) : [],
    withdrawn: isCompared
      ? Object.keys(previous.states).filter((id) => now.states[id] === undefined)
      : [],
  };
}

function isJudged({ states }: RunRecord): boolean {
  return Object.keys(states).length > 0;
}

function changeOf(
  requirement: string,
  now: RunRecord,
  earlier: readonly RunRecord[],
): Change | undefined {
  const state = now.states[requirement];
  if (state === undefined || state === 'silent') return undefined;
  // Runs that say nothing of it are passed over, so that an outage is neither a break nor a fix.
  const said = saidOf(requirement, earlier);
  const last = said.at(-1)?.state;
  // Of what conforms now, the row is the one that ended with the last run.
  const isFixed = state === 'conforms';
  if (isFixed && (last === undefined || last === 'conforms')) return undefined;
  const told = isFixed ? (last as Found) : (state as Found);
  const conformed = said.findLastIndex((each) => each.state === 'conforms');
  const before = textOf(last);
  return {
    requirement,
    kind: isFixed ? 'fixed' : kindOf(told, last),
    since: dateOf(said[conformed + 1]?.run ?? now),
    orEarlier: conformed === -1 && last !== undefined,
    received: told.received,
    ...(!isFixed && before !== undefined && before !== textOf(told) && { before }),
    warning: told.warning === true,
  };
}

/** What a run says was found, with the routes where it is not all; undefined: nothing was. */
function textOf(state: State | undefined): string | undefined {
  if (state === undefined || typeof state === 'string') return undefined;
  const { received, routes = [] } = state;
  return `${received}${routes.map((route) => ` on /${route}`).join('')}`;
}

/** What turns to and fro is neither broken nor fixed by one turn more. */
function newsOf(change: Change, flaky: readonly Flaky[]): Change[] {
  const turns = flaky.some((each) => each.turns && each.requirement === change.requirement);
  if (!turns || change.kind === 'declared') return [change];
  return change.kind === 'fixed' ? [] : [{ ...change, kind: 'flaky' }];
}

function kindOf(found: Found, last: State | undefined): ChangeKind {
  if (found.outcome === 'known deviation') return 'declared';
  if (last === undefined) return 'found';
  if (last === 'conforms') return 'broke';
  return textOf(last) === textOf(found) ? 'still' : 'changed';
}

/**
 * The failing requirements that the last run of an earlier day which judged them had not already, or
 * not so. So a second run of a day turns nothing green, and a night that said nothing is passed over.
 */
export function newlyFailing(
  failing: readonly string[],
  now: RunRecord,
  earlier: readonly RunRecord[],
): string[] {
  const days = earlier.filter((each) => dateOf(each) < dateOf(now));
  return failing.filter((id) => {
    const before = saidOf(id, days).at(-1)?.state;
    const state = now.states[id];
    const isOld = typeof before === 'object' && typeof state === 'object';
    return !(isOld && before.outcome === state.outcome && textOf(before) === textOf(state));
  });
}
