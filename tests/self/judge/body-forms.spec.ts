import { expect, test } from '@playwright/test';
import { refuse } from '../mutants/defects/failing.ts';
import { bare } from '../mutants/defects/rewrite.ts';
import { judged } from '../support/judged.ts';
import type { Defect } from '../support/mock.ts';

/** A target that answers objects and references so; undefined: as the embedded mock does. */
const answering =
  (object: Defect | undefined, reference: Defect | undefined): Defect =>
  (response, request) => {
    if (request.refusal === 'reference') return reference?.(response, request) ?? response;
    return request.created > 0 ? (object?.(response, request) ?? response) : response;
  };
const taken: Defect = (_, request) => bare(request.accept(), 204);

const few = { samples: 2 };
const statusOf = async (defect: Defect) =>
  (await judged(defect, few)).filter(({ requirement }) => requirement === 'create-status');
const probeOf = async (defect: Defect) =>
  (await judged(defect, few)).filter(({ requirement }) => requirement === 'reference-probe');

test('who takes references alone is told so where objects are refused', async () => {
  const found = await statusOf(answering(refuse, taken));
  expect(found.map(({ received, detail }) => [received, detail])).toEqual([
    ['400', 'takes references, not objects'],
  ]);
});

test('who refuses both, or takes both in another way, is told of the status alone', async () => {
  for (const defect of [answering(refuse, undefined), answering(taken, taken)])
    for (const { outcome, detail } of await statusOf(defect)) {
      expect(outcome).toBe('deviates');
      expect(detail).toBeUndefined();
    }
});

const forms: readonly [object: Defect | undefined, reference: Defect | undefined, said: string][] =
  [
    [undefined, undefined, 'takes objects, not references'],
    [undefined, taken, 'takes objects and references'],
    [refuse, taken, 'takes references, not objects'],
    [refuse, undefined, 'takes neither objects nor references'],
  ];

for (const [object, reference, said] of forms)
  test(`the probe is blamed for nothing, and reports that a target ${said}`, async () => {
    const verdicts = await probeOf(answering(object, reference));
    expect(verdicts.map(({ outcome, detail }) => [outcome, detail])).toEqual([['conforms', said]]);
  });
