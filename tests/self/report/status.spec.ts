import { expect, test } from '@playwright/test';
import type { CollectedRun } from '../../../schemas/files/history.ts';
import { routes } from '../../../schemas/operation.ts';
import { placesOf } from '../../judge/judge.ts';
import { compareRuns } from '../../report/compared-runs.ts';
import { countsLine, statusLine } from '../../report/status.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import {
  deviating,
  type Overrides,
  runDate,
  writtenRecord,
  writtenRun,
} from '../support/written-runs.ts';

/** The first lines of a run that follows others. */
function said(run: CollectedRun, failOnNew = false, earlier: Overrides[] = []): [string, string] {
  const runs = earlier.map((each, i) => writtenRecord(runDate(i + 1), each));
  const [compared] = compareRuns([run], { runs, unreadable: [] }, failOnNew).runs;
  if (compared === undefined) throw new Error('no run');
  return [statusLine(compared), countsLine(compared.report)];
}

const wrong = { 'create-status': deviating('200') };
const all = requirements.filter(isJudged).length;
/** Every requirement on its routes. */
const verdicts = requirements.flatMap((each) => placesOf(each, routes)).length;

test('a run that keeps the contract passes, and says what was checked', () => {
  const [status, counts] = said(writtenRun(runDate(2)));
  expect(status).toBe(`PASSED: ${all} requirements on 2 routes: all conform`);
  expect(counts).toBe(
    `${all} requirements on 2 routes: all conform (${verdicts} verdicts on 241 requests)`,
  );
});

test('a requirement counts once, by the worst of its routes, and the counts add up', () => {
  const warning = deviating('no OData-Version', { failing: false });
  const [status, counts] = said(writtenRun(runDate(2), { ...wrong, 'odata-version': warning }));
  expect(status).toBe('FAILED: create-status on both routes: expected 201, received 200');
  expect(counts).toContain(
    `${all} requirements on 2 routes: 1 deviates, 1 warning, ${all - 2} conform`,
  );
});

test('what is new is the reason, before what failed already', () => {
  const now = { ...wrong, 'id-present': deviating('null') };
  const [status] = said(writtenRun(runDate(2), now), false, [wrong]);
  expect(status).toMatch(/^FAILED: id-present on both routes: .*; 1 more finding$/);
});

test('a run that minds only what is new passes with what is old, and says so', () => {
  const [status] = said(writtenRun(runDate(2), wrong), true, [wrong]);
  expect(status).toMatch(/^PASSED: nothing new fails, 1 finding failed before; /);
  const second = writtenRun(runDate(1), wrong, { at: '14:02:00.000' });
  // The first run of the same day is no excuse.
  expect(said(second, true, [wrong])[0]).toMatch(/^FAILED: /);
});

test('a part of the requirements is named as such', () => {
  const run = writtenRun(runDate(2));
  const verdicts = run.report.verdicts.filter(({ requirement }) => requirement === 'date-form');
  const [status] = said({ ...run, whole: false, report: { ...run.report, verdicts } });
  expect(status).toBe(`PASSED: 1 of ${all} requirements checked: all conform`);
});

test('a stale declaration names the entry to remove, and one that is over its last day', () => {
  const declared = { file: 'deviations.json', entry: 2 };
  const stale = { outcome: 'stale deviation', failing: true, declared } as const;
  expect(said(writtenRun(runDate(2), { 'create-status': stale }))[0]).toBe(
    'FAILED: create-status on both routes: it conforms now: remove entry 2 of deviations.json',
  );
  const over = deviating('204', {
    outcome: 'changed deviation',
    declared: { ...declared, over: '2026-11-01' },
  });
  expect(said(writtenRun(runDate(2), { 'create-status': over }))[0]).toContain(
    'entry 2 of deviations.json ended on 2026-11-01',
  );
});

test('a target that stopped answering is the reason, with the request, and not what it left open', () => {
  const open = { outcome: 'error', failing: true, received: '', reason: 'x' } as const;
  const run = writtenRun(runDate(2), { 'body-array': open, 'date-text': open });
  const collapse = {
    request: 'malformed-json on /me',
    at: '',
    recorded: 'r:1',
    failure: 'dropped',
    isGone: true,
  } as const;
  const sending = { requests: 200, complete: false, skipped: 41, collapse };
  expect(said({ ...run, report: { ...run.report, sending } })[0]).toBe(
    'FAILED: the server stopped answering during malformed-json on /me (connection dropped); it probably crashed; 2 requirements were not checked',
  );
});

test('where nothing answered, the reason says what to do', () => {
  const none = {
    outcome: 'error',
    failing: true,
    received: '',
    reason: 'the target could not be reached: ECONNREFUSED',
    failureCode: 'ECONNREFUSED',
  } as const;
  const { verdicts } = writtenRun(runDate(1)).report;
  const overrides = Object.fromEntries(verdicts.map(({ requirement }) => [requirement, none]));
  expect(said(writtenRun(runDate(2), overrides))[0]).toMatch(
    /^FAILED: nothing was judged, because .*ECONNREFUSED; is it started\?/,
  );
});
