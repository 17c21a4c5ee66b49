import { routes } from '../../schemas/operation.ts';
import { counted } from '../judge/text.ts';
import type { Flaky, RunRecord, Slower, State } from './history.ts';

/** Fewer turns than these are a break and its fix. */
const turnsOfFlaky = 3;
/** Runs that are looked at: what was flaky long ago is over. */
const recentRuns = 14;

/** The one requirement over requests that differ in nothing that a connection could mind. */
const overEqualRequests = 'create-answered';

/**
 * What differs between equal requests of the last run, or turns to and fro between the last runs
 * although neither the suite nor the seed can be the cause.
 */
export function flakyIn(runs: readonly RunRecord[]): Flaky[] {
  const last = runs.at(-1);
  if (last === undefined) return [];
  return Object.entries(last.states).flatMap(([requirement, state]) => {
    const said = saidOf(requirement, runs.slice(-recentRuns));
    const lately = said.slice(-turnsOfFlaky);
    // What every run of late found is broken, and not flaky.
    if (lately.length === turnsOfFlaky && lately.every((each) => each.state !== 'conforms'))
      return [];
    const turned = betweenRuns(requirement, said);
    const why = [...withinRun(requirement, state), ...turned].join('; ');
    return why === '' ? [] : [{ requirement, why, turns: turned.length > 0 }];
  });
}

function withinRun(requirement: string, state: State): string[] {
  if (requirement !== overEqualRequests || typeof state === 'string') return [];
  const { failingRequests, requests } = state;
  return failingRequests < requests ? [`${failingRequests} of ${requests} equal requests`] : [];
}

/** What a run said of a requirement, where it said anything. */
interface Said {
  readonly run: RunRecord;
  readonly state: Exclude<State, 'silent'>;
}

/** The runs that said anything of a requirement, with what they said. */
export function saidOf(requirement: string, runs: readonly RunRecord[]): Said[] {
  return runs.flatMap((run) => {
    const state = run.states[requirement];
    return state === undefined || state === 'silent' ? [] : [{ run, state }];
  });
}

function betweenRuns(requirement: string, said: readonly Said[]): string[] {
  const turns = said.filter((now, i) => {
    const before = said[i - 1];
    if (before === undefined) return false;
    const isTurn = (before.state === 'conforms') !== (now.state === 'conforms');
    return isTurn && !isCaused(requirement, before, now);
  }).length;
  if (turns < turnsOfFlaky) return [];
  return [`changed ${turns} times between conforming and not in ${counted(said.length, 'run')}`];
}

/** Another suite may judge otherwise; another seed may only where some of its requests show nothing. */
function isCaused(requirement: string, before: Said, now: Said): boolean {
  if (before.run.suiteVersion !== now.run.suiteVersion) return true;
  if (before.run.seed === now.run.seed || requirement === overEqualRequests) return false;
  return [before.state, now.state].some(
    (state) => typeof state === 'object' && state.failingRequests < state.requests,
  );
}

/** Runs that are the present, and as many at least that are the past. */
const presentRuns = 3;
/** What is less than this is noise: half as much again, a few milliseconds, thrice the usual spread. */
const leastRatio = 1.5;
const leastMs = 5;
const leastSpreads = 3;

/** Routes whose median over the last three runs is clearly above the median of the runs before. */
export function slowerIn(runs: readonly RunRecord[]): Slower[] {
  return routes.flatMap((route) => {
    const all = runs.flatMap(({ latency }) => latency[route]?.p50 ?? []);
    const past = all.slice(0, -presentRuns);
    if (past.length < presentRuns) return [];
    const now = median(all.slice(-presentRuns));
    const before = median(past);
    const spread = median(past.map((ms) => Math.abs(ms - before)));
    const floor = Math.max(leastMs, leastSpreads * spread);
    return now >= before * leastRatio && now - before >= floor ? [{ route, before, now }] : [];
  });
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
