import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { outcomeTitle } from '../../report/model/wording.ts';
import { without } from '../mutants/defects/rewrite.ts';
import { contractAt, reportIn } from '../support/run.ts';

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly { readonly annotations: readonly { readonly type: string }[] }[];
  }[];
}

const specsIn = ({ suites = [], specs = [] }: Suite): NonNullable<Suite['specs']> => [
  ...specs,
  ...suites.flatMap(specsIn),
];

test('what the worker showed of each requirement is what the reporter wrote', async () => {
  const env = { CONTRACT_SAMPLES: '2', CONTRACT_SEED: '7' };
  const { folder } = await contractAt(
    {
      defect: (response) =>
        without(response.status === 201 ? { ...response, status: 200 } : response, 'OData-Version'),
    },
    env,
    ['--add-reporter=json'],
  );
  const specs = specsIn(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')));
  const { verdicts } = reportIn(folder);
  expect(new Set(verdicts.map(({ outcome }) => outcome)).size).toBeGreaterThan(3);
  for (const verdict of verdicts) {
    const spec = specs.find(({ title }) => title.startsWith(`${verdict.requirement} · `));
    const [shown] = spec?.tests[0]?.annotations ?? [];
    expect([shown?.type, spec?.ok], verdict.requirement).toEqual([
      outcomeTitle(verdict),
      !verdict.failing,
    ]);
  }
});
