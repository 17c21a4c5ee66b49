import { expect, test } from '@playwright/test';
import type { Regression, RunRecord } from '../../../schemas/files/history.ts';
import { differingRequirements } from '../../history/across-targets.ts';
import { regressionOf, runsOf } from '../../history/compare.ts';
import { newlyFailing } from '../../history/new-failures.ts';
import { sinceLine } from '../../report/since.ts';
import { deviating, runDate, writtenRecord, writtenRun } from '../support/written-runs.ts';

const target = 'graph.example-v1.0';
const wrong = { 'create-status': deviating('200') };
const runOn = (
  n: number,
  ...rest: Parameters<typeof writtenRecord> extends [string, ...infer R] ? R : never
) => writtenRecord(runDate(n), ...rest);

function compared(runs: readonly RunRecord[]): Regression {
  const regression = regressionOf(runsOf(runs, target));
  if (regression === undefined) throw new Error('no runs');
  return regression;
}

function changeOn(runs: readonly RunRecord[], route = 'me') {
  return compared(runs).changes.find((each) => each.route === route);
}

test('newly deviating, still, changed and fixed, each with the run it began with', () => {
  expect(changeOn([runOn(1), runOn(2, wrong)])).toMatchObject({
    kind: 'broke',
    since: runDate(2),
    orEarlier: false,
  });
  expect(changeOn([runOn(1), runOn(2, wrong), runOn(3, wrong)])).toMatchObject({
    kind: 'still',
    since: runDate(2),
  });
  expect(
    changeOn([runOn(1), runOn(2, wrong), runOn(3, { 'create-status': deviating('204') })]),
  ).toMatchObject({
    kind: 'changed',
    since: runDate(2),
    before: '200',
    received: '204',
  });
  expect(changeOn([runOn(1), runOn(2, wrong), runOn(3, wrong), runOn(4)])).toMatchObject({
    kind: 'fixed',
    since: runDate(2),
    orEarlier: false,
  });
  expect(compared([runOn(1), runOn(2)]).changes).toEqual([]);
});

test('where the history begins broken, it is since then or earlier', () => {
  expect(changeOn([runOn(1, wrong), runOn(2, wrong)])).toMatchObject({
    kind: 'still',
    since: runDate(1),
    orEarlier: true,
  });
  expect(changeOn([runOn(1, wrong), runOn(2)])).toMatchObject({
    kind: 'fixed',
    since: runDate(1),
    orEarlier: true,
  });
  expect(changeOn([runOn(1, wrong)])).toMatchObject({ kind: 'broke', orEarlier: false });
});

test('a declared deviation is neither news nor broken', () => {
  const known = {
    'create-status': deviating('200', { outcome: 'known deviation', failing: false }),
  };
  expect(changeOn([runOn(1), runOn(2, known)])).toMatchObject({ kind: 'declared' });
  expect(
    changeOn([
      runOn(1, known),
      runOn(2, { 'create-status': deviating('204', { outcome: 'changed deviation' }) }),
    ]),
  ).toMatchObject({ kind: 'changed' });
  const stale = {
    'create-status': deviating('201', { outcome: 'stale deviation', failingRequests: 0 }),
  };
  expect(changeOn([runOn(1, known), runOn(2, stale)])).toMatchObject({ kind: 'fixed' });
});

test('a run that was not judged neither breaks nor fixes anything', () => {
  const away = { 'create-status': { outcome: 'error', failing: true, received: '' } } as const;
  expect(changeOn([runOn(1, wrong), runOn(2, away), runOn(3, wrong)])).toMatchObject({
    kind: 'still',
    since: runDate(1),
  });
  expect(compared([runOn(1), runOn(2, away)]).changes).toEqual([]);
  expect(compared([runOn(1), runOn(2, away), runOn(3)]).changes).toEqual([]);
});

test('the last run of an earlier day stands for it, and thirty runs are compared', () => {
  const first = writtenRecord(runDate(2), wrong, { at: '01:00:00.000' });
  const second = writtenRecord(runDate(2), {}, { at: '05:00:00.000' });
  expect(compared([runOn(1), second, first, runOn(3)]).changes).toEqual([]);
  const many = Array.from({ length: 40 }, (_, i) =>
    writtenRecord(new Date(Date.UTC(2026, 9, 1 + i)).toISOString().slice(0, 10)),
  );
  expect(compared(many).runs).toHaveLength(30);
});

test('flaky: equal requests that differ, or turns that neither suite nor seed explains', () => {
  const dropped = {
    'create-answered': deviating('no whole answer: dropped', {
      part: 'connection',
      failingRequests: 3,
    }),
  };
  expect(compared([runOn(1), runOn(2, dropped)]).flaky.map(({ why }) => why)).toEqual([
    '3 of 103 equal requests',
    '3 of 103 equal requests',
  ]);
  // A leap day only some seeds draw is no accident, and neither is a share of different bodies.
  const some = {
    'date-instant': deviating('another instant', { part: 'body', failingRequests: 1 }),
  };
  expect(compared([runOn(1), runOn(2, some)]).flaky).toEqual([]);
  const turning = (
    seed: (n: number) => number,
    finding: Record<string, ReturnType<typeof deviating>>,
  ) =>
    compared([1, 2, 3, 4].map((n) => runOn(n, n % 2 === 0 ? finding : {}, { seed: seed(n) })))
      .flaky;
  expect(turning(() => 7, wrong).map(({ why }) => why)).toEqual([
    'turned 3 times in 4 runs',
    'turned 3 times in 4 runs',
  ]);
  expect(turning((n) => n, wrong)).toHaveLength(2);
  expect(turning((n) => n, some)).toEqual([]);
  expect(compared([runOn(1), runOn(2, wrong), runOn(3, wrong), runOn(4)]).flaky).toEqual([]);
  const versions = [1, 2, 3, 4].map((n) =>
    runOn(n, n % 2 === 0 ? wrong : {}, { suiteVersion: `0.${n}.0` }),
  );
  expect(compared(versions).flaky).toEqual([]);
});

test('slower: the median of three runs, beyond the noise', () => {
  const timed = (...ms: number[]) => compared(ms.map((p50, i) => runOn(i + 1, {}, { p50 }))).slower;
  expect(timed(20, 21, 20, 22, 40, 41, 40)).toEqual([
    { route: 'me', before: 20.5, now: 40 },
    { route: 'users', before: 20.5, now: 40 },
  ]);
  expect(timed(20, 21, 20, 22, 21, 20, 90)).toEqual([]);
  expect(timed(1, 1, 1, 1, 3, 3, 3)).toEqual([]);
  expect(timed(20, 60, 25, 70, 66, 70, 68)).toEqual([]);
  expect(timed(20, 20, 40, 40, 40)).toEqual([]);
});

test('requirements come and go, and the suite changes', () => {
  const before = runOn(1, {}, { without: ['location'] });
  const now = runOn(2, {}, { without: ['odata-version'], suiteVersion: '0.2.0' });
  expect(compared([before, now])).toMatchObject({
    added: ['location'],
    withdrawn: ['odata-version'],
    suiteBefore: '0.1.0',
  });
  expect(compared([now]).added).toEqual([]);
});

test('what fails a run that minds only what is new', () => {
  const { report } = writtenRun(runDate(2), wrong);
  expect(newlyFailing(report, undefined)).toHaveLength(2);
  expect(newlyFailing(report, runOn(1, wrong))).toEqual([]);
  expect(newlyFailing(report, runOn(1))).toHaveLength(2);
  expect(newlyFailing(report, runOn(1, { 'create-status': deviating('204') }))).toHaveLength(2);
  const away = writtenRun(runDate(2), { location: { outcome: 'error', failing: true } });
  expect(newlyFailing(away.report, recordOfRun(away))).toHaveLength(2);
});

test('what changed since the previous run, in a line without zeros', () => {
  const said = (runs: RunRecord[], report = writtenRun(runDate(9)).report) =>
    sinceLine({ report, regression: compared(runs) });
  expect(said([runOn(9)])).toBe('the first run of this target: there is nothing to compare with');
  expect(said([runOn(8), runOn(9)])).toBe(`nothing changed since the run of ${runDate(8)}`);
  expect(
    said([runOn(7), runOn(9, { 'create-status': deviating('200', { only: 'me' } as object) })]),
  ).toBe(`1 new since the run of ${runDate(7)}`);
});

test('a second run of a day is compared with the first, and a trend is one of days', () => {
  const again = runOn(9, {}, { at: '14:02:00.000' });
  const third = runOn(9, {}, { at: '15:00:00.000' });
  const { report } = writtenRun(runDate(9), {}, { at: '15:00:00.000' });
  const regression = compared([runOn(8), runOn(9, wrong), again, third]);
  expect(regression.runs.map(({ startedAt }) => startedAt.slice(5, 16))).toEqual([
    `${runDate(8).slice(5)}T02:00`,
    `${runDate(9).slice(5)}T14:02`,
    `${runDate(9).slice(5)}T15:00`,
  ]);
  expect(sinceLine({ report, regression })).toBe('nothing changed since your run of 14:02 UTC');
  expect(
    sinceLine({
      report,
      regression: compared([runOn(9, wrong), runOn(9, {}, { at: '14:02:00.000' })]),
    }),
  ).toBe('1 fixed since your run of 02:00 UTC');
});

test('targets differ where one keeps what the other breaks, or breaks it otherwise', () => {
  const [mock, tenant] = [runOn(1), runOn(1, { ...wrong, location: { outcome: 'error' } })];
  expect([...differingRequirements([mock, tenant])]).toEqual(['create-status']);
  expect([...differingRequirements([tenant, tenant])]).toEqual([]);
});

function recordOfRun(run: ReturnType<typeof writtenRun>): RunRecord {
  return { ...runOn(1), silent: [], findings: [], run: run.report.run };
}
