import {
  type Flaky,
  type KeptFinding,
  type RunRecord,
  type State,
  statesOf,
} from '../../schemas/files/history.ts';
import type { Verdict } from '../../schemas/files/report.ts';

/** Fewer turns than these are a break and its mending. */
const turnsOfFlaky = 3;
/** Nights that are looked at: what was flaky long ago is over. */
const recentNights = 14;

/**
 * What differs between equal calls of the last night, or turns to and fro between the last nights
 * although neither the suite nor the seed can be the cause.
 */
export function flakyIn(nights: readonly RunRecord[]): Flaky[] {
  const tonight = nights.at(-1);
  if (tonight === undefined) return [];
  return [...statesOf(tonight)].flatMap(([key, state]) => {
    const [requirement = '', route = ''] = key.split(' ');
    const turned = betweenNights(key, nights.slice(-recentNights));
    const why = [...withinRun(state), ...turned];
    return why.length > 0
      ? [
          {
            requirement,
            route: route as Verdict['route'],
            why: why.join('; '),
            turns: turned.length > 0,
          },
        ]
      : [];
  });
}

function withinRun(state: State): string[] {
  if (state.kind !== 'found' || !isIncidental(state.finding)) return [];
  const { failingRequests, requests } = state.finding;
  return failingRequests > 0 && failingRequests < requests
    ? [`${failingRequests} of ${requests} equal calls`]
    : [];
}

/** Whether what was sent cannot be why only some calls show it: the connection and the clock do not read bodies. */
function isIncidental({ part }: KeptFinding): boolean {
  return part === 'connection' || part === 'time';
}

function betweenNights(key: string, nights: readonly RunRecord[]): string[] {
  const told = nights.flatMap((night) => {
    const state = statesOf(night).get(key);
    return state === undefined || state.kind === 'silent' ? [] : [{ night, state }];
  });
  const turns = told.filter((now, i) => {
    const before = told[i - 1];
    return before !== undefined && before.state.kind !== now.state.kind && !isCaused(before, now);
  }).length;
  return turns >= turnsOfFlaky ? [`turned ${turns} times in ${told.length} nights`] : [];
}

interface Told {
  readonly night: RunRecord;
  readonly state: State;
}

/** Another suite may judge otherwise; another seed may only where some of its calls show nothing. */
function isCaused(before: Told, now: Told): boolean {
  if (before.night.suiteVersion !== now.night.suiteVersion) return true;
  if (before.night.seed === now.night.seed) return false;
  return [before.state, now.state].some(
    (state) =>
      state.kind === 'found' &&
      !isIncidental(state.finding) &&
      state.finding.failingRequests < state.finding.requests,
  );
}
