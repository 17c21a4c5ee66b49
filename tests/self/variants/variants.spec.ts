import { expect, test } from '@playwright/test';
import type { Verdict } from '../../../schemas/files/report.ts';
import { judgedInMemory } from '../support/in-memory.ts';
import { detected, judged } from '../support/judged.ts';
import type { Defect } from '../support/mock.ts';
import { connections } from './connections.ts';
import { creates } from './creates.ts';
import { frameworks } from './frameworks.ts';
import { refusals } from './refusals.ts';
import type { Variant } from './variant.ts';

function conforms(
  variants: readonly Variant[],
  judge: (defect: Defect) => Promise<readonly Verdict[]>,
) {
  for (const { name, why, vary, warnings } of variants)
    test(`variant ${name} conforms: ${why}`, async () => {
      const verdicts = await judge(vary());
      expect(verdicts.filter(({ failing }) => failing)).toEqual([]);
      expect(detected(verdicts)).toEqual(warnings);
    });
}

conforms([...creates, ...refusals, ...frameworks], judgedInMemory);
conforms(connections, (defect) => judged(defect, { concurrency: 4 }));

test('the embedded mock keeps the whole contract, warnings included', async () => {
  expect(detected(await judged(undefined))).toEqual([]);
});
