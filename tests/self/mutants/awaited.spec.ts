import { expect, test } from '@playwright/test';
import { judgedInMemory } from '../support/in-memory.ts';
import { detected, judged } from '../support/judged.ts';
import { awaited as lawful } from '../variants/frameworks.ts';
import { awaited, awaitedInFlight } from './frameworks.ts';

// Servers as frameworks make them: not noticed, or blamed, yet; those that pass go to mutants.spec.ts and variants.spec.ts.
for (const { name, defect, detectedBy } of awaited)
  test(`mutant ${name}`, async () => {
    expect(detected(await judgedInMemory(defect()))).toEqual(detectedBy);
  });

for (const { name, defect, detectedBy } of awaitedInFlight)
  test(`mutant ${name}`, async () => {
    const limits = { concurrency: 4, timeoutMs: 1_500 };
    expect(detected(await judged(defect(), limits))).toEqual(detectedBy);
  });

for (const { name, why, vary, warnings } of lawful)
  test(`variant ${name} conforms: ${why}`, async () => {
    const verdicts = await judgedInMemory(vary());
    expect(verdicts.filter(({ failing }) => failing)).toEqual([]);
    expect(detected(verdicts)).toEqual(warnings);
  });
