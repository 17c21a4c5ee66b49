import { expect, test } from '@playwright/test';
import { causesOf } from '../../report/model/causes.ts';
import { onRefusal } from '../mutants/defects/on.ts';
import { answered, type Differing } from '../support/answered.ts';
import { judgedInMemory } from '../support/in-memory.ts';
import { verdictsOn } from '../support/judged.ts';
import { run } from '../support/recorded.ts';

const empty = { object: '' };
const probe = { kind: 'probe' } as const;
const list = { object: { value: [] } };
const dropped = { failure: { kind: 'dropped', detail: 'x' } } as const;

/** What is answered to a request of a requirement, and what that is told as; undefined: it conforms. */
type Row = readonly [
  requirement: string,
  answer: Differing,
  received: string | undefined,
  wrong?: string,
];

// biome-ignore format: a row a line
const rows: readonly Row[] = [
  ['token-needed', { status: 401 }, undefined],
  ['token-needed', { status: 403 }, '403'],
  ['token-needed', { status: 201 }, '201', 'accepts a create without a token: 201'],
  ['token-needed', dropped, 'no whole response: dropped'],
  ['date-missing', { status: 201, requestCase: probe }, undefined],
  ['date-missing', { status: 409, ...empty }, undefined],
  ['date-missing', { status: 204, requestCase: probe, ...empty }, '204'],
  ['date-missing', { status: 500, ...empty }, '500'],
  ['method-get', { status: 405 }, undefined],
  ['method-get', { status: 200, ...list }, undefined],
  ['method-get', { status: 200 }, '200 without a list'],
  ['method-get', { status: 201 }, '201'],
  ['json-one-text', { status: 415 }, undefined],
  ['json-one-text', { status: 201, requestCase: { why: 'a comment' } }, '201 to a comment', 'accepts a comment: 201'],
  ['json-one-text', { status: 500, requestCase: { why: 'a comment' } }, '500 to a comment'],
  ['json-one-text', { ...dropped, requestCase: { why: 'a comment' } }, 'no whole response: dropped (a comment)'],
  ['json-one-text', { status: 201, requestCase: probe }, undefined],
  ['json-one-text', { status: 200, requestCase: probe }, '200 to a test'],
  ['token-forms', { status: 400, requestCase: { name: 'token-twice' } }, undefined],
  ['token-forms', { status: 400, requestCase: { name: 'token-cut' } }, '400 to a test'],
];

for (const [requirement, answer, received, wrong] of rows)
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
  expect(causes.filter(([, ...others]) => others.length > 0)).toEqual([
    ['token-needed', 'token-known', 'token-verified', 'token-scheme', 'token-forms'],
    ['media-type-wrong', 'media-types'],
    ['json-malformed', 'json-one-text', 'json-object-only'],
    ['date-number', 'property-types'],
    ['date-text', 'dates-malformed'],
    ['type-wrong', 'type-forms'],
    ['method-get', 'methods-undocumented'],
    ['path-unknown', 'path-forms'],
  ]);
  expect(causes.length).toBeLessThan(20);
});
