import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { mocks } from '../../../mocks/catalogue.ts';
import { outcome, table, tableIn } from '../../../mocks/table.ts';
import type { Report, Verdict } from '../../../schemas/files/report.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** A report with these verdicts, as far as a table reads it. */
function report(...verdicts: Partial<Verdict>[]): Report {
  return { verdicts } as unknown as Report;
}

const kept = { outcome: 'conforms', failing: false } as const;
const advice = { outcome: 'deviates', failing: false, received: 'no Location' } as const;
const broken = { outcome: 'deviates', failing: true, received: '200' } as const;

test('a requirement is kept only on both routes, and counted once', () => {
  const counted = outcome(
    report(
      { ...kept, requirement: 'id-present', route: 'me' },
      { ...kept, requirement: 'id-present', route: 'users' },
      { ...kept, requirement: 'create-status', route: 'me' },
      { ...broken, requirement: 'create-status', route: 'users' },
      { ...advice, requirement: 'location', route: 'me' },
      { ...advice, requirement: 'location', route: 'users' },
      { outcome: 'untested', failing: false, requirement: 'id-shape', route: 'both' },
    ),
  );
  expect(counted).toEqual({ kept: '1 kept, 1 broken, 1 advice', first: 'create-status: 200' });
  expect(outcome(report({ ...kept, requirement: 'id-present', route: 'me' })).first).toBe(
    'nothing',
  );
});

test('a mock that cannot be started is named, with what it lacks', () => {
  const [mock] = mocks.filter(({ needs }) => needs !== undefined);
  if (mock === undefined) throw new Error('no mock needs a program');
  const row = table([{ mock, version: '1.0.0', reports: undefined }])
    .split('\n')
    .at(-1);
  expect(row).toBe('| WireMock 1.0.0 | not run: java is missing here |  |  |  |');
});

test('every mock is pinned to a version, and stands in the published table with it', () => {
  const { dependencies } = JSON.parse(read('mocks/package.json'));
  for (const mock of mocks) {
    expect(dependencies[mock.package]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(read('docs/mocks.md')).toContain(`| ${mock.name} ${dependencies[mock.package]} | `);
  }
});

test('the README shows the table that was measured, of the requirements there are', () => {
  const [measured = ''] = tableIn.exec(read('docs/mocks.md')) ?? [];
  expect(tableIn.exec(read('README.md'))?.[0]).toBe(measured);
  // The statement about personal accounts needs a token that no mock here has.
  const judgeable = requirements
    .filter(isJudged)
    .filter(({ untestedReason }) => untestedReason === undefined);
  expect(measured).toContain(`| ${judgeable.length} kept, 0 broken, 0 advice |`);
  expect(read('docs/mocks.md')).toContain(read('mocks/notes.md'));
});
