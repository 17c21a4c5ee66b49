import { expect, test } from '@playwright/test';
import { type Comparison, compare } from '../../history/compare.ts';
import type { RunRecord } from '../../history/history.ts';
import * as written from '../support/written-runs.ts';
import data from './changes.json' with { type: 'json' };

const { deviating, reportOn, runDate, writtenRecord, writtenRun } = written;
type Overrides = written.Overrides;
type Written = written.Written;

const on = (received: string, more: written.Wrong = {}) => ({
  'create-status': deviating(received, more),
});
const silent = { failing: true, received: '', requests: 0 } as const;
/** What a day found, by the names that changes.json has for it. */
const days: Readonly<Record<string, Overrides>> = {
  fine: {},
  wrong: on('200'),
  other: on('204'),
  onMe: on('200', { only: 'me' }),
  missing: on('absent', { told: 'no id' }),
  known: on('200', { outcome: 'known deviation', failing: false }),
  otherwise: on('204', { outcome: 'changed deviation' }),
  stale: { 'create-status': { outcome: 'stale deviation', failing: true } },
  away: { 'create-status': { outcome: 'error', ...silent } },
  some: { 'date-instant': deviating('another instant', { failingRequests: 1 }) },
};
const { wrong } = days;

function compared(runs: readonly RunRecord[]): Comparison {
  const now = runs.at(-1);
  if (now === undefined) throw new Error('no runs');
  return compare(runs.slice(0, -1), now);
}
const nightly = (names: string, more: (n: number) => Written = () => ({})) =>
  compared(
    names.split(', ').map((name, i) => writtenRecord(runDate(i + 1), days[name], more(i + 1))),
  );

for (const [what, names = '', kind, since = ''] of data.changes)
  test(`what ${what}: ${kind}`, () => {
    const found = nightly(names).changes.map((each) => [each.kind, each.since]);
    const date = since.replace(/\d+/, (n) => runDate(Number(n)));
    expect(found).toEqual(kind === 'no change' ? [] : [[kind, date]]);
  });

test('what changed says what it was', () => {
  const [change] = nightly('fine, onMe, other').changes;
  expect(change).toMatchObject({ received: '204', before: '200 on /me' });
});

test('what a reader is told is told of earlier runs, too', () => {
  expect(nightly('missing, other').changes).toMatchObject([{ before: 'no id', received: '204' }]);
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

test('what a run that left out requests does not find again is not fixed', () => {
  const part = { judged: { sending: { requests: 99, complete: false } } };
  const parted = (names: string) => nightly(names, (n) => (n === 2 ? part : {})).changes;
  expect(parted('wrong, fine')).toEqual([]);
  expect(parted('wrong, fine, wrong')).toMatchObject([{ kind: 'still' }]);
  expect(parted('fine, wrong')).toMatchObject([{ kind: 'broke' }]);
});

test('the runs of another target, and later ones, do not count', () => {
  const now = writtenRecord(runDate(5));
  const others = [
    writtenRecord(runDate(4), wrong, { target: 'other' }),
    writtenRecord(runDate(6), wrong),
  ];
  expect(compare(others, now)).toMatchObject({ previous: undefined, changes: [] });
});

for (const [what, names, isFlaky, varied] of data.flaky as [string, string, boolean, string][])
  test(`${what}: ${isFlaky ? '' : 'not '}flaky`, () => {
    const more = (n: number) => (varied ? { [varied]: varied === 'seed' ? n : `0.${n}.0` } : {});
    const turns = nightly(names, more).changes.flatMap((each) => each.turns ?? []);
    expect(turns).toEqual(isFlaky ? ['changed 3 times between conforming and not in 4 runs'] : []);
  });

/** "9 wrong today": what is found on the 9th, in a second run of that day. */
function nightOf(text: string): Parameters<typeof writtenRun> {
  const [n, name = '', more] = text.split(' ');
  const isSuite = more?.startsWith('0.') && { suiteVersion: more };
  return [
    runDate(Number(n)),
    days[name],
    more === 'today' ? { at: '14:02:00.000' } : { ...isSuite },
  ];
}

// What is said since the previous run, and whether a run that minds only what is new fails.
for (const [before = '', now = '', text = '', word] of data.nights)
  test(`${now} after ${before || 'nothing'}: ${text}, ${word}`, () => {
    const earlier = before
      .split(', ')
      .filter(Boolean)
      .map((each) => writtenRecord(...nightOf(each)));
    const report = reportOn(writtenRun(...nightOf(now)), { earlier, failOnNew: true });
    const since = text.replace(/\{(\d)\}/, (_, n) => runDate(Number(n)));
    expect(report).toMatchObject({ since, word });
  });
