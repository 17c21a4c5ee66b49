import { expect, test } from '@playwright/test';
import type { Judged, Sending } from '../../../schemas/files/report.ts';
import { annotations, reportJunit } from '../../report/formats/ci.ts';
import { reportPage } from '../../report/formats/html/page.ts';
import { reportMarkdown } from '../../report/formats/markdown.ts';
import * as written from '../support/written-runs.ts';

const { judgeable: all, deviating, reportOn, runDate, writtenRecord, writtenRun } = written;
type Overrides = written.Overrides;

const wrong = { 'create-status': deviating('200') };
const refused = { 'create-status': deviating('401', { status: 401 }) };
const warning = { 'odata-version': deviating('no OData-Version', { failing: false }) };
const warnings = { ...warning, location: deviating('none', { failing: false }) };
const open = { outcome: 'error', failing: true, received: '', requests: 0, reason: 'x' } as const;
const declared = { file: 'deviations.json', entry: 2, over: '2026-11-01' };
const over = { 'create-status': deviating('204', { outcome: 'changed deviation', declared }) };
const sending = (more: Partial<Sending>): written.Written => ({
  judged: { sending: { requests: 200, complete: false, ...more } },
});
const at = { request: 'malformed-json on /me', at: '', recorded: 'r:1' };
const collapse = { ...at, failure: 'dropped', isGone: true } as const;
const silent = { failing: false, kind: 'no-response', exchange: at } as const;
const killed = { 'json-malformed': deviating('no whole response: dropped', silent) };
const unanswered = deviating('no whole response: timed out', { kind: 'no-response' });
const unreachable = { ...open, reason: 'not reached: ECONNREFUSED', failureCode: 'ECONNREFUSED' };
const nothing = Object.fromEntries(
  writtenRun(runDate(1)).verdicts.map(({ requirement }) => [requirement, unreachable]),
);
const is200 = 'create-status on both routes: expected 201, received 200';
const stopped =
  'the server stopped answering during malformed-json on /me (dropped); it probably crashed';
const routes = 'requirements on 2 routes';

// biome-ignore format: a row a line
const statuses: readonly [overrides: Overrides, more: written.Written, status: string][] = [
  [{}, {}, `PASSED: ${all} ${routes}: all conform`],
  [warning, {}, `PASSED: ${all} ${routes}: 1 warning, ${all - 1} conform`],
  [warnings, {}, `PASSED: ${all} ${routes}: 2 warnings, ${all - 2} conform`],
  [{ ...wrong, ...warning }, {}, `FAILED: ${is200}`],
  [{ ...wrong, 'id-present': deviating('null') }, {}, `FAILED: ${is200}; 1 more finding`],
  [over, {}, 'FAILED: create-status on both routes: expected 201, received 204; entry 2 of deviations.json ended on 2026-11-01'],
  [{ 'body-array': open, 'date-text': open }, sending({ skipped: 41, collapse }), `INCONCLUSIVE: ${stopped}; 2 requirements were not checked; ${all - 2} ${routes}: all conform`],
  [{ ...wrong, 'body-array': open }, {}, `FAILED: ${is200}; 1 requirement was not checked`],
  [killed, sending({ collapse }), 'FAILED: json-malformed on both routes: expected 400 or 422, received no whole response: dropped'],
  [{ ...killed, 'body-array': open }, sending({ collapse }), `FAILED: ${stopped}; 1 requirement was not checked`],
  [{ ...warning, 'body-array': { ...open, only: 'me', reason: 'throttled' } }, {}, `INCONCLUSIVE: throttled; 1 requirement was not checked; ${all - 1} ${routes}: 1 warning, ${all - 2} conform`],
  [{ 'body-array': { ...open, reason: 'check the path.' } }, {}, `INCONCLUSIVE: check the path; 1 requirement was not checked; ${all - 1} ${routes}: all conform`],
  [refused, {}, 'INCONCLUSIVE: the target refuses the token: 401 to all 206 creates'],
  [{ 'create-status': deviating('401', { status: 401, failingRequests: 3 }) }, {}, 'FAILED: create-status on both routes: expected 201, received 401 in 6 of 206 creates (3 /me, 3 /users), first pair-01'],
  [{ 'create-status': deviating('403', { status: 403 }) }, {}, 'FAILED: create-status on both routes: expected 201, received 403'],
  [{ 'create-answered': unanswered }, {}, 'INCONCLUSIVE: the target did not answer: timed out in all 206 creates'],
  [nothing, {}, 'INCONCLUSIVE: not reached: ECONNREFUSED; is it started? CONTRACT_WAIT_MS waits for one that is starting'],
];
for (const [i, [overrides, more, status]] of statuses.entries())
  test(`${i + 1}. ${status}`, () =>
    expect(reportOn(writtenRun(runDate(2), overrides, more)).status).toBe(status));

test('each requirement counts once, and the counts add up', () => {
  const { counts, summary } = reportOn(writtenRun(runDate(2), { ...wrong, ...warning }));
  expect(counts).toBe(`${all} ${routes}: 1 deviates, 1 warning, ${all - 2} conform (241 requests)`);
  expect(summary).toMatchObject({ deviates: 1, warning: 1, conforms: all - 2 });
});

test('a route that was not judged is named, with the reason', () => {
  const { run } = writtenRun(runDate(2));
  const judged: Partial<Judged> = { run: { ...run, notApplicable: { me: 'none' } } };
  const { status } = reportOn(writtenRun(runDate(2), {}, { judged }));
  expect(status).toContain(`${all} requirements on 1 of 2 routes (/me: none): all conform`);
});

test('what is new is the reason, before what failed already', () => {
  const now = writtenRun(runDate(2), { ...wrong, 'id-present': deviating('null') });
  const { reason } = reportOn(now, { earlier: [writtenRecord(runDate(1), wrong)] });
  expect(reason).toMatch(/^id-present on both routes: .*; 1 more finding$/);
});

test('a run that minds only what is new passes with what is old, and nothing is red', () => {
  const earlier = [writtenRecord(runDate(1), wrong)];
  const report = reportOn(writtenRun(runDate(2), wrong), { earlier, failOnNew: true });
  expect(report.status).toMatch(/^PASSED: nothing new fails, 1 finding failed before; /);
  expect(annotations(report)).toEqual([expect.stringMatching(/^::notice /)]);
  expect(reportJunit([report])).toContain('failures="0"');
});

test('a part of the requirements is named as such', () => {
  const judged = writtenRun(runDate(2));
  const verdicts = judged.verdicts.filter(({ requirement }) => requirement === 'date-form');
  const { status, whole } = reportOn({ ...judged, verdicts }, { whole: false });
  expect([status, whole]).toEqual([`PASSED: 1 of ${all} requirements checked: all conform`, false]);
});

test('a run that judged nothing for sure shows no finding, and is a line of the history without verdicts', () => {
  const earlier = [writtenRecord(runDate(1), wrong), writtenRecord(runDate(2), refused)];
  expect(earlier[1]).toMatchObject({ status: 'INCONCLUSIVE', states: {} });
  const report = reportOn(writtenRun(runDate(3), refused), { earlier });
  const since = 'not compared: inconclusive 2 runs in a row';
  const nothingFound = { findings: [], declarable: [], summary: { error: all } };
  expect(report).toMatchObject({ since, ...nothingFound });
  const shown = [reportMarkdown(report), reportPage([report]), reportJunit([report])].join();
  expect(shown).not.toMatch(/received 401|expected 201|deviates<|"deviates"/);
  expect(reportJunit([report])).toContain('failures="1"');
  expect(annotations(report)).toHaveLength(1);
  const after = reportOn(writtenRun(runDate(3), wrong), { earlier, failOnNew: true });
  expect([after.word, after.since]).toEqual([
    'PASSED',
    `1 still failing since the run of ${runDate(1)}`,
  ]);
});
