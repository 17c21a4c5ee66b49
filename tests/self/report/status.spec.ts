import { expect, test } from '@playwright/test';
import type { Judged, Sending } from '../../../schemas/files/report.ts';
import { reportJunit } from '../../report/formats/ci.ts';
import { reportPage } from '../../report/formats/html/page.ts';
import { reportMarkdown } from '../../report/formats/markdown.ts';
import {
  judgeable as all,
  deviating,
  type Overrides,
  reportOn,
  runDate,
  type Written,
  writtenRecord,
  writtenRun,
} from '../support/written-runs.ts';

const wrong = { 'create-status': deviating('200') };
const warning = { 'odata-version': deviating('no OData-Version', { failing: false }) };
const open = { outcome: 'error', failing: true, received: '', requests: 0, reason: 'x' } as const;
const declared = { file: 'deviations.json', entry: 2 };
const over = {
  outcome: 'changed deviation',
  declared: { ...declared, over: '2026-11-01' },
} as const;
const sending = (more: Partial<Sending>): Written => ({
  judged: { sending: { requests: 200, complete: false, ...more } },
});
const collapse = {
  request: 'malformed-json on /me',
  at: '',
  recorded: 'r:1',
  failure: 'dropped',
  isGone: true,
} as const;
const killed = deviating('no whole response: dropped', {
  failing: false,
  kind: 'no-response',
  exchange: collapse,
});
const unreachable = {
  ...open,
  reason: 'the target could not be reached: ECONNREFUSED',
  failureCode: 'ECONNREFUSED',
} as const;
const nothing = Object.fromEntries(
  writtenRun(runDate(1)).verdicts.map(({ requirement }) => [requirement, unreachable]),
);

// What a run found, and its first line.
// biome-ignore format: a row a line
const statuses: readonly [overrides: Overrides, more: Written, status: string][] = [
  [{}, {}, `PASSED: ${all} requirements on 2 routes: all conform`],
  [warning, {}, `PASSED: ${all} requirements on 2 routes: 1 warning, ${all - 1} conform`],
  [{ ...warning, location: deviating('none', { failing: false }) }, {}, `PASSED: ${all} requirements on 2 routes: 2 warnings, ${all - 2} conform`],
  [{ ...wrong, ...warning }, {}, 'FAILED: create-status on both routes: expected 201, received 200'],
  [{ ...wrong, 'id-present': deviating('null') }, {}, 'FAILED: create-status on both routes: expected 201, received 200; 1 more finding'],
  [{ 'create-status': deviating('204', over) }, {}, 'FAILED: create-status on both routes: expected 201, received 204; entry 2 of deviations.json ended on 2026-11-01'],
  [{ 'body-array': open, 'date-text': open }, sending({ skipped: 41, collapse }), `INCONCLUSIVE: the server stopped answering during malformed-json on /me (dropped); it probably crashed; 2 requirements were not checked; ${all - 2} requirements on 2 routes: all conform`],
  [{ 'body-array': { ...open, reason: 'the run was interrupted after 9 requests' } }, sending({ interrupted: true }), `INCONCLUSIVE: the run was interrupted after 9 requests; 1 requirement was not checked; ${all - 1} requirements on 2 routes: all conform`],
  [{ ...wrong, 'body-array': open }, {}, 'FAILED: create-status on both routes: expected 201, received 200; 1 requirement was not checked'],
  [{ 'json-malformed': killed }, sending({ collapse }), 'FAILED: json-malformed on both routes: expected 400 or 422, received no whole response: dropped'],
  [{ 'json-malformed': killed, 'body-array': open }, sending({ collapse }), 'FAILED: the server stopped answering during malformed-json on /me (dropped); it probably crashed; 1 requirement was not checked'],
  [{ ...warning, 'body-array': { ...open, only: 'me', reason: 'throttled' } }, {}, `INCONCLUSIVE: throttled; 1 requirement was not checked; ${all - 1} requirements on 2 routes: 1 warning, ${all - 2} conform`],
  [{ 'create-status': deviating('401', { status: 401 }) }, {}, 'INCONCLUSIVE: the target refuses the token: 401 to all 206 creates'],
  [{ 'create-status': deviating('401', { status: 401, failingRequests: 3 }) }, {}, 'FAILED: create-status on both routes: expected 201, received 401 in 6 of 206 creates (3 /me, 3 /users), first pair-01'],
  [{ 'create-status': deviating('403', { status: 403 }) }, {}, 'FAILED: create-status on both routes: expected 201, received 403'],
  [{ 'create-answered': deviating('no whole response: timed out', { kind: 'no-response' }) }, {}, 'INCONCLUSIVE: the target did not answer: timed out in all 206 creates'],
  [nothing, {}, 'INCONCLUSIVE: the target could not be reached: ECONNREFUSED; is it started? CONTRACT_WAIT_MS waits for one that is starting'],
];
for (const [i, [overrides, more, status]] of statuses.entries())
  test(`${i + 1}. ${status}`, () =>
    expect(reportOn(writtenRun(runDate(2), overrides, more)).status).toBe(status));

test('each requirement counts once, and the counts add up', () => {
  const { counts, summary } = reportOn(writtenRun(runDate(2), { ...wrong, ...warning }));
  expect(counts).toBe(
    `${all} requirements on 2 routes: 1 deviates, 1 warning, ${all - 2} conform (241 requests)`,
  );
  expect(summary).toMatchObject({ deviates: 1, warning: 1, conforms: all - 2 });
});

test('a route that was not judged is named, with the reason', () => {
  const { run } = writtenRun(runDate(2));
  const reason = 'an application has none';
  const judged: Partial<Judged> = { run: { ...run, notApplicable: { me: reason } } };
  const { status } = reportOn(writtenRun(runDate(2), {}, { judged }));
  expect(status).toContain(`${all} requirements on 1 of 2 routes (/me: ${reason}): all conform`);
});

test('what is new is the reason, before what failed already', () => {
  const now = writtenRun(runDate(2), { ...wrong, 'id-present': deviating('null') });
  const { reason } = reportOn(now, { earlier: [writtenRecord(runDate(1), wrong)] });
  expect(reason).toMatch(/^id-present on both routes: .*; 1 more finding$/);
});

test('a run that minds only what is new passes with what is old, and says so', () => {
  const earlier = [writtenRecord(runDate(1), wrong)];
  const { status } = reportOn(writtenRun(runDate(2), wrong), { earlier, failOnNew: true });
  expect(status).toMatch(/^PASSED: nothing new fails, 1 finding failed before; /);
});

test('a part of the requirements is named as such', () => {
  const judged = writtenRun(runDate(2));
  const verdicts = judged.verdicts.filter(({ requirement }) => requirement === 'date-form');
  const { status, whole } = reportOn({ ...judged, verdicts }, { whole: false });
  expect([status, whole]).toEqual([`PASSED: 1 of ${all} requirements checked: all conform`, false]);
});

test('a run that judged nothing for sure is a line of the history without verdicts, and counted', () => {
  const away = { 'create-status': deviating('401', { status: 401 }) };
  const earlier = [writtenRecord(runDate(1), wrong), writtenRecord(runDate(2), away)];
  expect(earlier[1]).toMatchObject({ status: 'INCONCLUSIVE', states: {} });
  const report = reportOn(writtenRun(runDate(3), away), { earlier });
  expect(report).toMatchObject({
    since: 'not compared: inconclusive 2 runs in a row',
    findings: [],
    declarable: [],
    summary: { error: all },
  });
  // No format shows a verdict as a finding.
  const shown = [reportMarkdown(report), reportPage([report]), reportJunit([report])].join();
  expect(shown).not.toMatch(/received 401|expected 201|deviates<|"deviates"/);
  expect(reportJunit([report])).toContain('failures="1"');
  const after = reportOn(writtenRun(runDate(3), wrong), { earlier, failOnNew: true });
  expect([after.word, after.since]).toEqual([
    'PASSED',
    `1 still failing since the run of ${runDate(1)}`,
  ]);
});
