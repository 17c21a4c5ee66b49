import { expect, test } from '@playwright/test';
import type { JudgedRun } from '../../../schemas/files/report.ts';
import { annotations, reportJunit } from '../../report/formats/ci.ts';
import { reportPage } from '../../report/formats/html/page.ts';
import { reportMarkdown } from '../../report/formats/markdown.ts';
import { reportTerminal } from '../../report/formats/terminal.ts';
import { answered } from '../support/answered.ts';
import * as written from '../support/written-runs.ts';
import statuses from './statuses.json' with { type: 'json' };

const { judgeable: all, deviating, reportOn, runDate, writtenRecord, writtenRun } = written;
type Overrides = written.Overrides;

const wrong = { 'create-status': deviating('200') };
const refused = { 'create-status': deviating('401', { status: 401 }) };
const warning = { 'odata-version': deviating('no OData-Version', { failing: false }) };
const open = { outcome: 'error', failing: true, received: '', requests: 0, reason: 'x' } as const;
const declared = { file: 'deviations.json', entry: 2, received: '202', over: '2026-11-01' };
const at = { request: 'malformed-json on /me', name: 'malformed-json', at: '', recorded: 'r:1' };
const collapse = { ...at, failure: 'dropped', isGone: true } as const;
const lost = answered({ failure: { kind: 'timed out', detail: '' } });
const collapsed = {
  judged: { sending: { requests: 200, complete: false, collapse } },
  exchange: lost,
};
const sending = { requests: 9, complete: false, skipped: 3, reason: 'creates were slow' };
const last = { requests: 12, complete: false, skipped: 0, reason: 'throttled' };
const silent = { failing: false, kind: 'no-response', exchange: at } as const;
const unreachable = { ...open, reason: 'not reached: ECONNREFUSED', failureCode: 'ECONNREFUSED' };
const nothing = Object.fromEntries(
  writtenRun(runDate(1)).verdicts.map(({ requirement }) => [requirement, unreachable]),
);

/** What a run may have found, by the names that statuses.json has for it. */
const found: Readonly<Record<string, Overrides>> = {
  ...{ wrong, warning, refused, nothing },
  warnings: { ...warning, location: deviating('none', { failing: false }) },
  noId: { 'id-present': deviating('null') },
  over: { 'create-status': deviating('204', { outcome: 'changed deviation', declared }) },
  open: { 'body-array': open },
  open2: { 'date-text': open },
  large: { 'body-json': { ...open, outcome: 'untested', failing: false, isNotKept: true } },
  throttled: { 'body-array': { ...open, only: 'me', reason: 'throttled' } },
  stopped: { 'body-array': { ...open, reason: 'check the path.' } },
  killed: { 'json-malformed': deviating('no whole response: dropped', silent) },
  someRefused: { 'create-status': deviating('401', { status: 401, failingRequests: 3 }) },
  forbidden: { 'create-status': deviating('403', { status: 403 }) },
  unanswered: {
    'create-answered': deviating('no whole response: dropped; no whole response: timed out', {
      kind: 'no-response',
      exchange: { ...at, failure: 'timed out' },
    }),
  },
};
for (const [i, [names = '', how = '', text = '']] of statuses.entries())
  test(`${i + 1}. ${text}`, () => {
    const overrides = Object.assign({}, ...names.split(', ').map((name) => found[name]));
    const status = text.replaceAll(/\{all(-\d)?\}/g, (_, less = 0) => `${all + Number(less)}`);
    const more =
      { '': {}, collapsed, slow: { judged: { sending } }, last: { judged: { sending: last } } }[
        how
      ] ?? {};
    expect(reportOn(writtenRun(runDate(2), overrides, more)).status).toBe(status);
  });

test('of several targets each is named where its verdict begins, and in a job of several always', () => {
  const report = reportOn(writtenRun(runDate(2), wrong));
  const options = { folder: 'r', files: [], colour: false, table: false, isDeclared: true };
  const named = /FAILED +graph\.example-v1\.0: create-status on both routes: /;
  expect(reportTerminal(report, { ...options, isMany: true })).toMatch(named);
  expect(reportTerminal(report, { ...options, isMany: false })).not.toMatch(named);
  expect(reportMarkdown(report).split('\n')[0]).toMatch(named);
});

test('a route that was not judged is named, with the reason', () => {
  const { run } = writtenRun(runDate(2));
  const judged: Partial<JudgedRun> = { run: { ...run, notApplicable: { me: 'none' } } };
  const { status } = reportOn(writtenRun(runDate(2), {}, { judged }));
  expect(status).toContain(`${all} requirements on 1 of 2 routes (/me: none): all conform`);
});

for (const [what, days] of Object.entries({ old: [wrong], flaky: [wrong, {}, wrong, {}] }))
  test(`what is new is the reason and the first card, before what is ${what}`, () => {
    const earlier = days.map((each, i) => writtenRecord(runDate(i + 1), each));
    const now = writtenRun(runDate(5), { ...wrong, 'id-present': deviating('null') });
    const { reason, findings } = reportOn(now, { earlier });
    expect(reason).toMatch(/^id-present on both routes: .*; 1 more finding$/);
    expect(findings.map(({ requirement }) => requirement)).toEqual(['id-present', 'create-status']);
  });

test('a run that minds only what is new passes with what is old, and nothing is red', () => {
  const earlier = [writtenRecord(runDate(1), wrong)];
  const report = reportOn(writtenRun(runDate(2), wrong), { earlier, failOnNew: true });
  expect(report.status).toMatch(/^PASSED: nothing new fails, 1 finding failed before; /);
  expect(annotations(report)).toEqual([expect.stringMatching(/^::notice /)]);
  expect(reportJunit([report])).toContain('failures="0"');
});

test('references left in a tenant fail a run whose findings are warnings, in every format', () => {
  const fails = '6 references were left';
  const cleanUp = { run: 'r', undone: 0, left: [], kept: 0, notes: [], fails };
  const report = reportOn(writtenRun(runDate(2), warning), { cleanUp });
  expect(report.status).toBe(`FAILED: ${fails}`);
  expect(annotations(report)[0]).toMatch(/^::error .*6 references/);
  expect(reportJunit([report])).toContain('failures="1"');
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
