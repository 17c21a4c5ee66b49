import {
  type At,
  type Flaky,
  judgedIn,
  type KeptFinding,
  type RunRecord,
  type Slower,
  type State,
  stateAt,
} from '../../schemas/files/history.ts';
import { routes } from '../../schemas/operation.ts';

/** Fewer turns than these are a break and its fix. */
const turnsOfFlaky = 3;
/** Runs that are looked at: what was flaky long ago is over. */
const recentRuns = 14;

/**
 * What differs between equal requests of the last run, or turns to and fro between the last runs
 * although neither the suite nor the seed can be the cause.
 */
export function flakyIn(runs: readonly RunRecord[]): Flaky[] {
  const last = runs.at(-1);
  if (last === undefined) return [];
  return judgedIn(last).flatMap((at) => {
    const turned = betweenRuns(at, runs.slice(-recentRuns));
    // What every run of late found is broken, and not flaky.
    const lately = saidOf(at, runs).slice(-turnsOfFlaky);
    const isUnbroken =
      lately.length === turnsOfFlaky && lately.every((each) => each.state.kind === 'found');
    const why = isUnbroken ? [] : [...withinRun(stateAt(last, at)), ...turned];
    return why.length > 0 ? [{ ...at, why: why.join('; '), turns: turned.length > 0 }] : [];
  });
}

function withinRun(state: State | undefined): string[] {
  if (state?.kind !== 'found' || !isIncidental(state.finding)) return [];
  const { failingRequests, requests } = state.finding;
  return failingRequests > 0 && failingRequests < requests
    ? [`${failingRequests} of ${requests} equal requests`]
    : [];
}

/** Requirements over requests that differ in nothing that a connection or a clock could mind. */
const overEqualRequests: readonly string[] = ['create-answered', 'answer-time'];

/** Whether what was sent cannot be why only some requests show it. */
function isIncidental({ requirement, part }: KeptFinding): boolean {
  return overEqualRequests.includes(requirement) && (part === 'connection' || part === 'time');
}

/** What a run said of a requirement. */
interface Said {
  readonly run: RunRecord;
  readonly state: State;
}

/** The runs that said anything of a requirement in a place, with what they said. */
export function saidOf(at: At, runs: readonly RunRecord[]): Said[] {
  return runs.flatMap((run) => {
    const state = stateAt(run, at);
    return state === undefined || state.kind === 'silent' ? [] : [{ run, state }];
  });
}

function betweenRuns(at: At, runs: readonly RunRecord[]): string[] {
  const said = saidOf(at, runs);
  const turns = said.filter((now, i) => {
    const before = said[i - 1];
    return before !== undefined && before.state.kind !== now.state.kind && !isCaused(before, now);
  }).length;
  return turns >= turnsOfFlaky ? [`turned ${turns} times in ${said.length} runs`] : [];
}

/** Another suite may judge otherwise; another seed may only where some of its requests show nothing. */
function isCaused(before: Said, now: Said): boolean {
  if (before.run.suiteVersion !== now.run.suiteVersion) return true;
  if (before.run.seed === now.run.seed) return false;
  return [before.state, now.state].some(
    (state) =>
      state.kind === 'found' &&
      !isIncidental(state.finding) &&
      state.finding.failingRequests < state.finding.requests,
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
