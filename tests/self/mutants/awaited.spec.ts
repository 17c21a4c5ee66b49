import { expect, test } from '@playwright/test';
import { judgedInMemory } from '../support/in-memory.ts';
import { detected, judged } from '../support/judged.ts';
import { awaited, awaitedInFlight } from './frameworks.ts';

// Servers as frameworks make them: not noticed yet; those that pass go to mutants.spec.ts.
for (const { name, defect, detectedBy } of awaited)
  test(`mutant ${name}`, async () => {
    expect(detected(await judgedInMemory(defect()))).toEqual(detectedBy);
  });

for (const { name, defect, detectedBy } of awaitedInFlight)
  test(`mutant ${name}`, async () => {
    const limits = { concurrency: 4, timeoutMs: 1_500 };
    expect(detected(await judged(defect(), limits))).toEqual(detectedBy);
  });
