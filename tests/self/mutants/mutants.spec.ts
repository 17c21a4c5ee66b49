import { expect, test } from '@playwright/test';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import { detected, judged, tightLimits } from '../support/judged.ts';
import { detectedBy } from './detected-by.ts';
import { mutants } from './index.ts';

for (const { name, fault, defect, inTime, sending } of mutants)
  test(`mutant ${name}: ${fault}`, async () => {
    const limits = inTime ? tightLimits : sending;
    const verdicts = await test.step('send and judge', () => judged(defect(), limits));
    expect(detected(verdicts)).toEqual(detectedBy[name]);
  });

test('every mutant is detected, and the table names no other', () => {
  expect(Object.keys(detectedBy).sort()).toEqual(mutants.map(({ name }) => name).sort());
  expect(Object.entries(detectedBy).filter(([, ids]) => ids.length === 0)).toEqual([]);
});

// A finding of these is always one of another requirement too; the reason stands beside the id.
const neverAlone: Record<string, string> = {
  'route-answers': 'a route that is not there answers no create with 201 either',
};

test('every requirement is alone in detecting some mutant: no check is idle', () => {
  const alone = new Set(Object.values(detectedBy).flatMap((ids) => (ids.length === 1 ? ids : [])));
  const judgedIds = requirements.filter(isJudged).map(({ id }) => id);
  expect(judgedIds.filter((id) => !alone.has(id))).toEqual(Object.keys(neverAlone));
  const all = new Set(Object.values(detectedBy).flat());
  expect(judgedIds.filter((id) => !all.has(id))).toEqual([]);
});
