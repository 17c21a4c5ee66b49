import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { mocks } from '../../../mocks/catalogue.ts';
import { outcome, table } from '../../../mocks/table.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import { deviating, judgeable, reportOn, runDate, writtenRun } from '../support/written-runs.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const outcomeOf = (overrides = {}) => outcome(reportOn(writtenRun(runDate(1), overrides)));

test('a row counts the requirements of a report, and names its first finding', () => {
  const location = deviating('no Location', { failing: false });
  const found = { 'create-status': deviating('200', { only: 'users' }), location };
  const counts = `${judgeable - 2} conform, 1 deviate, 1 warnings`;
  expect(outcomeOf(found)).toEqual({ counts, first: 'create-status: 200' });
  expect(outcomeOf().first).toBe('nothing');
});

test('a mock that cannot be started is named, with the program that is missing', () => {
  const rows = mocks.filter(({ needs }) => needs !== undefined);
  const made = table(rows.map((mock) => ({ mock, version: '1.0.0', reports: undefined })));
  expect(made).toContain('| WireMock 1.0.0 | not run: java is missing here |  |  |  |');
});

test('every mock is pinned to a version, and stands in the published table with it', () => {
  const { dependencies } = JSON.parse(read('mocks/package.json'));
  for (const mock of mocks) {
    expect(dependencies[mock.package]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(read('docs/mocks.md')).toContain(`| ${mock.name} ${dependencies[mock.package]} | `);
  }
});

/** What no response of a recipe shows, though it conforms in all else, and why the report leaves it unjudged. */
const neverShown = {
  'permission-personal':
    'GRAPH_PERSONAL_ACCESS_TOKEN is not set, and such a token cannot be made up',
  'metadata-full': 'no created object came with full metadata',
  'streaming-order': 'no created object came as odata.streaming=true',
};

test('the published table is of the requirements there are', () => {
  const uncounted = requirements
    .filter(isJudged)
    .filter(({ id }) => Object.hasOwn(neverShown, id))
    .map((each) => [each.id, each.untestedReason ?? each.notApplicableReason]);
  expect(Object.fromEntries(uncounted)).toEqual(neverShown);
  const measured = read('docs/mocks.md');
  const counted = judgeable - uncounted.length;
  expect(measured).toContain(`| ${counted} conform, 0 deviate, 0 warnings |`);
  expect(measured).toContain(read('mocks/notes.md'));
});
