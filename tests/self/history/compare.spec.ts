import { expect, test } from '@playwright/test';
import { type Comparison, compare } from '../../history/compare.ts';
import type { RunRecord } from '../../history/history.ts';
import {
  deviating,
  type Overrides,
  reportOn,
  runDate,
  type Written,
  writtenRecord,
  writtenRun,
} from '../support/written-runs.ts';

const wrong = { 'create-status': deviating('200') };
const other = { 'create-status': deviating('204') };
const onMe = { 'create-status': deviating('200', { only: 'me' }) };
const known = {
  'create-status': deviating('200', { outcome: 'known deviation', failing: false }),
};
const stale = { 'create-status': { outcome: 'stale deviation', failing: true } } as const;
const away = {
  'create-status': { outcome: 'error', failing: true, received: '', requests: 0 },
} as const;

function compared(runs: readonly RunRecord[]): Comparison {
  const now = runs.at(-1);
  if (now === undefined) throw new Error('no runs');
  return compare(runs.slice(0, -1), now);
}
const nightly = (days: readonly Overrides[], more: (n: number) => Written = () => ({})) =>
  compared(days.map((each, i) => writtenRecord(runDate(i + 1), each, more(i + 1))));

// What each day found, and what is said of the last one: the kind of change, since which day, and whether it may be older.
// biome-ignore format: a row a line
const changes: readonly [what: string, days: Overrides[], kind: string | undefined, since?: number, isOlder?: boolean][] = [
  ['conforms all the time', [{}, {}], undefined],
  ['is found at the first run', [wrong], 'found', 1, false],
  ['breaks', [{}, wrong], 'broke', 2, false],
  ['is still broken', [{}, wrong, wrong], 'still', 2, false],
  ['is broken as long as anybody remembers', [wrong, wrong], 'still', 1, true],
  ['is broken otherwise', [{}, wrong, other], 'changed', 2, false],
  ['is broken on both routes, and was on one', [{}, onMe, wrong], 'changed', 2, false],
  ['is fixed', [{}, wrong, wrong, {}], 'fixed', 2, false],
  ['is fixed, and was always broken', [wrong, {}], 'fixed', 1, true],
  ['is declared', [{}, known], 'declared', 2, false],
  ['was declared and is another thing now', [known, { 'create-status': deviating('204', { outcome: 'changed deviation' }) }], 'changed', 1, true],
  ['was declared and conforms now', [known, stale], 'fixed', 1, true],
  ['is still broken after a night that said nothing', [wrong, away, wrong], 'still', 1, true],
  ['is not judged tonight', [{}, away], undefined],
  ['conforms after a night that said nothing', [{}, away, {}], undefined],
  ['is found once it can be judged', [away, wrong], 'found', 2, false],
];
for (const [what, days, kind, since, isOlder] of changes)
  test(`what ${what}: ${kind ?? 'no change'}`, () => {
    const found = nightly(days).changes.map((each) => [each.kind, each.since]);
    const date = `${isOlder ? '≥ ' : ''}${runDate(since ?? 0)}`;
    expect(found).toEqual(kind === undefined ? [] : [[kind, date]]);
  });

test('what changed says what it was', () => {
  const [change] = nightly([{}, onMe, other]).changes;
  expect(change).toMatchObject({ received: '204', before: '200 on /me' });
});

test('every run is compared, also the second of a day, and thirty of them are shown', () => {
  const at = (time: string, overrides = {}) =>
    writtenRecord(runDate(9), overrides, { at: `${time}:00.000` });
  const runs = [writtenRecord(runDate(8)), at('02:00', wrong), at('14:02'), at('15:00')];
  expect(compared(runs).changes).toEqual([]);
  expect(compared(runs.slice(0, 3)).changes.map(({ kind }) => kind)).toEqual(['fixed']);
  const day = (i: number) => new Date(Date.UTC(2026, 9, 1 + i)).toISOString().slice(0, 10);
  expect(compared(Array.from({ length: 40 }, (_, i) => writtenRecord(day(i)))).runs).toHaveLength(
    30,
  );
});

test('the runs of another target, and later ones, do not count', () => {
  const now = writtenRecord(runDate(5));
  const others = [
    writtenRecord(runDate(4), wrong, { target: 'other' }),
    writtenRecord(runDate(6), wrong),
  ];
  expect(compare(others, now)).toMatchObject({ previous: undefined, changes: [] });
});

const some = { 'date-instant': deviating('another instant', { failingRequests: 1 }) };
const turned = 'changed 3 times between conforming and not in 4 runs';
// biome-ignore format: a row a line
const flaky: readonly [what: string, days: Overrides[], why: string[], more?: (n: number) => Written][] = [
  ['some bodies, of which a seed draws some', [{}, some], []],
  ['turns with one seed', [{}, wrong, {}, wrong], [turned]],
  ['turns whatever the seed', [{}, wrong, {}, wrong], [turned], (seed) => ({ seed })],
  ['turns that the seed may explain', [{}, some, {}, some], [], (seed) => ({ seed })],
  ['turns that another suite may explain', [{}, wrong, {}, wrong], [], (n) => ({ suiteVersion: `0.${n}.0` })],
  ['a break and its fix', [{}, wrong, wrong, {}], []],
  ['broken in the last three runs', [{}, wrong, {}, wrong, wrong, wrong], []],
];
for (const [what, days, why, more] of flaky)
  test(`${what}: ${why.length > 0 ? '' : 'not '}flaky`, () => {
    expect(nightly(days, more).changes.flatMap(({ turns = [] }) => turns)).toEqual(why);
  });

const today = { at: '14:02:00.000' };
const record = (n: number, overrides: Overrides = {}, more: Written = {}) =>
  writtenRecord(runDate(n), overrides, more);
// biome-ignore format: a row a line
const nights: readonly [before: RunRecord[], now: Parameters<typeof record>, since: string, word: string][] = [
  [[], [9, wrong], 'the first run of this target: there is nothing to compare with', 'FAILED'],
  [[record(7)], [9, wrong], `1 new since the run of ${runDate(7)}`, 'FAILED'],
  [[record(7, wrong), record(8, away)], [9, wrong], `1 still failing since the run of ${runDate(7)}`, 'PASSED'],
  [[record(7, other)], [9, wrong], `1 changed since the run of ${runDate(7)}`, 'FAILED'],
  [[record(9, wrong)], [9, wrong, today], '1 still failing since your run of 02:00 UTC', 'FAILED'],
  [[record(9, wrong)], [9, {}, today], '1 fixed since your run of 02:00 UTC', 'PASSED'],
  [[record(8, {}, { suiteVersion: '0.4.0' })], [9], `nothing changed since the run of ${runDate(8)} (by suite 0.4.0)`, 'PASSED'],
];
for (const [earlier, [n, ...now], since, word] of nights)
  test(`after ${earlier.length} runs: ${since}, ${word}`, () => {
    const report = reportOn(writtenRun(runDate(n), ...now), { earlier, failOnNew: true });
    expect(report).toMatchObject({ since, word });
  });
