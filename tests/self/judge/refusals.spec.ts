import { expect, test } from '@playwright/test';
import { causesOf } from '../../report/model/causes.ts';
import { onRefusal } from '../mutants/defects/on.ts';
import { answered, type Differing } from '../support/answered.ts';
import { judgedInMemory } from '../support/in-memory.ts';
import { verdictsOn } from '../support/judged.ts';
import { run } from '../support/recorded.ts';
import table from './refusals.json' with { type: 'json' };

/** What is answered to a request of a requirement, and what that is told as; undefined: it conforms. */
type Row = readonly [requirement: string, answer: Differing, received?: string, wrong?: string];
for (const [requirement, answer, received, wrong] of table.rows as unknown as readonly Row[])
  test(`${requirement}, answered ${JSON.stringify(answer)}: ${received ?? 'conforms'}`, () => {
    const requestCase = { kind: 'negative', ...answer.requestCase, requirement } as const;
    const exchanges = [answered({ ...answer, requestCase })];
    const verdict = verdictsOn({ run, exchanges, end: { complete: true } }).find(
      (each) => each.requirement === requirement,
    );
    expect(verdict?.outcome).toBe(received === undefined ? 'conforms' : 'deviates');
    if (received !== undefined) expect(verdict).toMatchObject({ received, failing: false });
    expect(verdict?.wrong).toBe(wrong);
  });

test('a finding names the requests that were answered otherwise, and the clause of the first', () => {
  const requestCase = { kind: 'negative', requirement: 'json-one-text' } as const;
  const [comma, source] = ['a trailing comma', 'RFC 8259 §4: commas stand between properties'];
  const exchanges = [
    answered({ number: 2, requestCase: { ...requestCase, why: 'a comment', source: 'other' } }),
    answered({ number: 1, requestCase: { ...requestCase, why: comma, source } }),
  ];
  const verdicts = verdictsOn({ run, exchanges, end: { complete: true } });
  expect(verdicts.find((each) => each.requirement === 'json-one-text')).toMatchObject({
    received: '201 to a comment; 201 to a trailing comma',
    detail: source,
    failingRequests: 2,
  });
});

test('a server that refuses nothing is told the first of each kind, and the others with it', async () => {
  const verdicts = await judgedInMemory(onRefusal('all', (_, request) => request.accept()));
  const rest = { sending: { requests: 1, complete: true }, exchangeOf: () => undefined };
  const causes = causesOf({ verdicts, ...rest }).map((each) =>
    [each.verdict, ...each.with].map(({ requirement }) => requirement),
  );
  expect(causes.filter(([, ...others]) => others.length > 0)).toEqual(table.together);
  expect(causes.length).toBeLessThan(20);
});
