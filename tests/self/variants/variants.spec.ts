import { expect, test } from '@playwright/test';
import { judgedInMemory } from '../support/in-memory.ts';
import { detected, judged } from '../support/judged.ts';
import { variants } from './index.ts';

for (const { name, why, vary, warnings = [] } of variants) {
  test(`variant ${name} conforms: ${why}`, async () => {
    const verdicts = await judgedInMemory(vary()).catch(() => judged(vary()));
    expect(verdicts.filter(({ failing }) => failing)).toEqual([]);
    expect(detected(verdicts)).toEqual(warnings);
  });
}

test('the embedded mock keeps the whole contract, warnings included', async () => {
  const verdicts = await test.step('send and judge', () => judged(undefined));
  expect(detected(verdicts)).toEqual([]);
});
