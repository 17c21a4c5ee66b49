import { expect, test } from '@playwright/test';
import { type Answer, answerOf } from '../../requirements/answer.ts';
import { unlikePlain } from '../../requirements/match/beside.ts';
import { answered, type Differing } from '../support/answered.ts';
import { judgedOn, verdictsOn } from '../support/judged.ts';
import { run } from '../support/recorded.ts';

const requirement = 'token-scheme-case';
const equivalent = (differing: Differing = {}) =>
  answered({ ...differing, requestCase: { kind: 'equivalent', requirement } });
const refused = answered({ status: 403 });

/** What the requirement about lower-case schemes says of these exchanges. */
function verdictOf(...exchanges: ReturnType<typeof answered>[]) {
  const verdicts = verdictsOn({ run, exchanges, end: { complete: true } });
  return verdicts.find((each) => each.requirement === requirement);
}

test('it does not matter in which order the requests ended', () => {
  const exchanges = [equivalent({ status: 401 }), answered(), answered()];
  for (const each of [exchanges, exchanges.toReversed()])
    expect(verdictOf(...each)).toMatchObject({
      outcome: 'deviates',
      failing: false,
      received: '401',
      wrong: expect.stringMatching(/ with 401, expected 201 as to a plain create$/),
      requests: 1,
    });
});

test('who answers plain creates otherwise too is not blamed for the spelling', () => {
  for (const plain of [[refused], [answered(), refused]])
    expect(verdictOf(...plain, equivalent({ status: 403 }))?.outcome).toBe('conforms');
});

test('what the page documents is right, whatever plain creates were answered', () => {
  const wrong = answered({ status: 200, object: { deletedDateTime: '2017-01-01T00:00:00Z' } });
  expect(verdictOf(wrong, equivalent())?.outcome).toBe('conforms');
});

test('each route is compared with its own plain creates', () => {
  const users = answered({ status: 403, requestCase: { route: 'users' } });
  expect(verdictOf(answered(), users, equivalent({ status: 403 }))?.outcome).toBe('deviates');
});

const object = { '@odata.type': 'x', id: '1', deletedDateTime: '2017-01-01T00:00:34Z' };
const echo = (value: string) => [
  ['Content-Type', 'application/json'] as const,
  ['client-request-id', value] as const,
];

// biome-ignore format: a row a line
const differences: readonly (readonly [Differing, received: string | undefined])[] = [
  [{}, undefined],
  [{ headers: echo('C-1') }, undefined],
  [{ status: 500 }, '500'],
  [{ status: 202 }, '202'],
  [{ failure: { kind: 'dropped', detail: 'x' } }, 'no whole response: dropped'],
  [{ headers: [['Content-Type', 'text/plain']] }, 'another media type'],
  [{ object: { id: '1' } }, 'other properties'],
  [{ object }, 'another instant'],
];

for (const [differing, received] of differences)
  test(`an equivalent of ${JSON.stringify(differing)} differs in: ${received}`, () => {
    const [plain, answer] = [answerOf(answered()), answerOf(equivalent(differing))];
    const difference = (answers: Answer[]) => unlikePlain(answer, answers);
    expect(difference([plain])).toEqual(received && expect.objectContaining({ received }));
    expect(difference([])).toBeUndefined();
  });

// biome-ignore format: a row a line
const forms: readonly (readonly [create: number, reference: number, notes: string[]])[] = [
  [201, 400, []],
  [201, 204, ['takes references, too']],
  [400, 204, ['takes references, no objects']],
];

for (const [create, reference, taken] of forms)
  test(`objects answered ${create} and references ${reference}: ${taken}`, () => {
    const requestCase = { kind: 'probe', requirement: 'reference-probe' } as const;
    const exchanges = [answered({ status: create }), answered({ status: reference, requestCase })];
    const { notes } = judgedOn({ run, exchanges, end: { complete: true } });
    expect(notes.map(({ text }) => text)).toEqual(taken);
  });
