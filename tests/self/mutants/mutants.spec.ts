import { expect, test } from '@playwright/test';
import { causesOf } from '../../report/model/causes.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import { judgedInMemory } from '../support/in-memory.ts';
import { detected, judged, judgedRun, tightLimits } from '../support/judged.ts';
import { timing } from './connections.ts';
import { entangled } from './frameworks.ts';
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

for (const { name, defect, detectedBy } of entangled)
  test(`mutant ${name}`, async () => {
    const run = await judgedRun(defect(), { concurrency: 4, timeoutMs: 1_000, isChecked: true });
    expect(run.sending.collapse).toBeUndefined();
    const causes = causesOf(run).map(({ verdict }) => verdict.requirement);
    expect(causes.toSorted()).toEqual(detectedBy);
    const unjudged = run.verdicts.filter(({ outcome }) => outcome === 'error');
    expect(unjudged.map(({ requirement }) => requirement)).toEqual([]);
  });

// A finding of these is always one of another requirement too; the reason stands beside the id.
const neverAlone: Record<string, string> = {
  'route-answers': 'a route that is not there answers no create with 201 either',
  'refusals-answered': 'a refusal that never comes is not the right one either',
};

test('every requirement is alone in detecting some mutant: no check is idle', () => {
  const judgedIds = requirements.filter(isJudged).map(({ id }) => id);
  const detectors = mutants.map(({ detectedBy }) => detectedBy);
  const lone = [...answering, ...sent, ...timing].map(({ detectedBy }) => detectedBy);
  const alone = new Set(lone.filter(({ length }) => length === 1).flat());
  expect(judgedIds.filter((id) => !alone.has(id))).toEqual(Object.keys(neverAlone));
  const all = new Set(detectors.flat());
  expect([...all].filter((id) => !judgedIds.includes(id))).toEqual([]);
  expect(judgedIds.filter((id) => !all.has(id))).toEqual([]);
});

test('no two mutants have the same name', () => {
  const names = mutants.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});
