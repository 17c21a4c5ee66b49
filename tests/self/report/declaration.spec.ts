import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../schemas/files/report.ts';
import { schemaErrors } from '../../../schemas/validate.ts';
import { declarationsOf, withDeclared } from '../../report/declaration.ts';
import { deviating, type Overrides, runDate, writtenRun } from '../support/written-runs.ts';

const day = '2026-11-26';
const reportWith = (overrides: Overrides) => writtenRun(runDate(1), overrides).report;
const declared = (overrides: Overrides) => declarationsOf(reportWith(overrides), 'OData', day);

test('each cause that fails a run is one entry, on every route where it was found alike', () => {
  const repeated = deviating('create-status: 204', {
    cause: 'create-status',
    dependsOn: ['create-status'],
  });
  const entries = declared({ 'create-status': deviating('204'), 'example-exchange': repeated });
  expect(entries).toEqual([
    { requirement: 'create-status', received: '204', reason: 'OData', since: day },
  ]);
  expect(schemaErrors('deviations', { deviations: entries })).toEqual([]);
});

test('what was found on one route alone is declared for that route, and a warning not at all', () => {
  const [only] = declared({ 'create-status': { ...deviating('204'), only: 'users' } });
  expect(only).toMatchObject({ requirement: 'create-status', route: 'users' });
  expect(declared({ location: deviating('no Location', { failing: false }) })).toEqual([]);
});

test('what changed is replaced, what conforms now is gone, and the rest stays', () => {
  const entry = (requirement: string): Deviation => ({
    requirement,
    received: '202',
    reason: 'before',
    since: '2026-11-01',
  });
  const entries = ['create-status', 'id-present', 'odata-type'].map(entry);
  const report = reportWith({
    'create-status': deviating('204', { outcome: 'changed deviation' }),
    'id-present': {
      outcome: 'stale deviation',
      failing: true,
      declared: { file: 'd.json', entry: 2 },
    },
    'odata-type': { outcome: 'known deviation' },
  });
  expect(withDeclared(entries, report, 'OData', day).map((each) => Object.values(each))).toEqual([
    ['odata-type', '202', 'before', '2026-11-01'],
    ['create-status', '204', 'OData', day],
  ]);
});
