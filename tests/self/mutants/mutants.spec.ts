import { expect, test } from '@playwright/test';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import { judgedInMemory } from '../support/in-memory.ts';
import { detected, judged, tightLimits } from '../support/judged.ts';
import { timing } from './connections.ts';
import { answering, mutants, sent } from './index.ts';

for (const { name, defect, detectedBy } of answering)
  test(`mutant ${name}`, async () => {
    expect(detected(await judgedInMemory(defect()))).toEqual(detectedBy);
  });

const limited = [
  ...sent.map((mutant) => ({ mutant, limits: { concurrency: 4, timeoutMs: 2_000 } })),
  ...timing.map((mutant) => ({ mutant, limits: tightLimits })),
];
for (const { mutant, limits } of limited)
  test(`mutant ${mutant.name}`, async () => {
    const verdicts = await test.step('send and judge', () => judged(mutant.defect(), limits));
    expect(detected(verdicts)).toEqual(mutant.detectedBy);
  });

// A finding of these is always one of another requirement too; the reason stands beside the id.
const neverAlone: Record<string, string> = {
  'route-answers': 'a route that is not there answers no create with 201 either',
};

test('every requirement is alone in detecting some mutant: no check is idle', () => {
  const judgedIds = requirements.filter(isJudged).map(({ id }) => id);
  const detectors = mutants.map(({ detectedBy }) => detectedBy);
  const alone = new Set(detectors.filter(({ length }) => length === 1).flat());
  expect(judgedIds.filter((id) => !alone.has(id))).toEqual(Object.keys(neverAlone));
  const all = new Set(detectors.flat());
  expect([...all].filter((id) => !judgedIds.includes(id))).toEqual([]);
  expect(judgedIds.filter((id) => !all.has(id))).toEqual([]);
});

test('no two mutants have the same name', () => {
  const names = mutants.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});
