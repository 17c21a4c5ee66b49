import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../schemas/files/report.ts';
import { schemaErrors } from '../../../schemas/validate.ts';
import { reportTerminal } from '../../report/formats/terminal.ts';
import { withDeclared } from '../../report/model/causes.ts';
import * as written from '../support/written-runs.ts';

const { deviating, reportOn, runDate, writtenRun } = written;

const reportWith = (overrides: written.Overrides) => reportOn(writtenRun(runDate(1), overrides));
const wrong = { 'create-status': deviating('204', { status: 204 }) };

test('each cause that fails a run is one entry, on every route where it was found alike', () => {
  const repeated = deviating('create-status: 204', { cause: 'create-status' });
  const { declarable } = reportWith({ ...wrong, 'example-exchange': repeated });
  const reason = 'why the target does so';
  const entry = { requirement: 'create-status', received: '204', reason, since: runDate(1) };
  expect(declarable).toEqual([entry]);
  expect(schemaErrors('deviations', { deviations: declarable })).toEqual([]);
});

test('what was found on one route alone is declared for it, and a warning not at all', () => {
  const [only] = reportWith({ 'create-status': { ...deviating('204'), only: 'users' } }).declarable;
  expect(only).toMatchObject({ requirement: 'create-status', route: 'users' });
  const warning = { location: deviating('no Location', { failing: false }) };
  expect(reportWith(warning).declarable).toEqual([]);
});

test('what a declaration must name is shown where a reader is told other words', () => {
  const linesOf = (more: written.Wrong) =>
    reportWith({ 'date-instant': deviating('absent', more) }).findings[0]?.lines ?? [];
  expect(linesOf({ told: 'no deletedDateTime' })).toContainEqual(['declare as', '"absent"']);
  expect(linesOf({}).map(([name]) => name)).not.toContain('declare as');
});

test('a warning with which something fails excuses it not, and what fails is declared', () => {
  const lost = { kind: 'no-response' } as const;
  const received = 'no whole response: timed out';
  const { declarable } = reportWith({
    'refusals-answered': deviating(received, { ...lost, failing: false }),
    'permission-personal': deviating(received, lost),
  });
  expect(declarable.map(({ requirement }) => requirement)).toEqual(['permission-personal']);
});

test('a permission that is missing may be declared; of a redirect it is said where to look; and what no declaration reads is not to be declared', () => {
  for (const [status, isDeclared, isTold] of [
    [403, true, true],
    [403, false, false],
    [307, true, false],
  ] as const) {
    const report = reportWith({ 'create-status': deviating(`${status}`, { status }) });
    const options = { folder: 'r', files: [], colour: false, table: false, isMany: false };
    const told = reportTerminal(report, { ...options, isDeclared });
    expect(told.includes('npm run declare')).toBe(isTold);
  }
});

test('what changed is replaced, what conforms now is gone, and the rest stays', () => {
  const entry = (requirement: string): Deviation => ({
    requirement,
    received: '202',
    reason: 'before',
    since: '2026-11-01',
  });
  const entries = ['create-status', 'id-present', 'odata-type'].map(entry);
  const declared = { file: 'd.json', entry: 2, received: '202' };
  const report = reportWith({
    'create-status': deviating('204', { outcome: 'changed deviation' }),
    'id-present': { outcome: 'stale deviation', failing: true, declared },
    'odata-type': { outcome: 'known deviation' },
  });
  expect(withDeclared(entries, report, 'OData').map((each) => Object.values(each))).toEqual([
    ['odata-type', '202', 'before', '2026-11-01'],
    ['create-status', '204', 'OData', runDate(1)],
  ]);
});
