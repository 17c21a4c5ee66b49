import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../schemas/files/recording.ts';
import { PlainAnswers } from '../../requirements/match/answer.ts';
import { verdictsOn } from '../support/judged.ts';
import { exchange, run } from '../support/recorded.ts';

const sent = '2017-01-01T00:00:34.0507931+03:00';
const type = '#microsoft.graph.directoryObject';

interface Answered {
  readonly status?: number;
  readonly date?: string;
  readonly requirement?: string;
  readonly echo?: string;
}

/** A create, plain unless it says in what it differs, and what it was answered. */
function answered({ status = 201, date = sent, requirement, echo = 'ABC' }: Answered): Exchange {
  const object = { '@odata.type': type, id: '1', deletedDateTime: date };
  const response = {
    status,
    headers: [['Content-Type', 'application/json'] as const, ['client-request-id', echo] as const],
    body: Buffer.from(JSON.stringify(object)),
  };
  const { requestCase, request, ...rest } = exchange(response);
  return {
    ...rest,
    request: { ...request, headers: [['client-request-id', 'ABC']] },
    requestCase: {
      ...requestCase,
      deletedDateTime: sent,
      ...(requirement !== undefined && { kind: 'equivalent' as const, requirement }),
    },
  };
}

/** What the requirement about lower-case schemes says of these exchanges. */
function verdictOf(exchanges: readonly Exchange[]) {
  const all = verdictsOn({ run, exchanges, end: { complete: true } });
  return all.find(({ requirement }) => requirement === 'token-scheme-case');
}

const requirement = 'token-scheme-case';

test('it does not matter in which order the requests ended', () => {
  const exchanges = [answered({ requirement, status: 401 }), answered({}), answered({})];
  for (const each of [exchanges, exchanges.toReversed()])
    expect(verdictOf(each)).toMatchObject({
      outcome: 'deviates',
      failing: false,
      received: '401',
      detail: 'plain creates: 201',
      requests: 1,
    });
});

test('who answers plain creates otherwise too is not blamed for the spelling', () => {
  for (const plain of [[answered({ status: 403 })], [answered({}), answered({ status: 403 })]]) {
    const verdict = verdictOf([...plain, answered({ requirement, status: 403 })]);
    expect(verdict?.outcome).toBe('conforms');
  }
});

test('what the page documents is right, whatever plain creates were answered', () => {
  const wrong = { status: 200, date: '2017-01-01T00:00:00Z', echo: 'other' };
  expect(verdictOf([answered(wrong), answered({ requirement })])?.outcome).toBe('conforms');
});

test('each route is compared with its own plain creates', () => {
  const users = answered({ status: 403 });
  const exchanges = [
    answered({}),
    { ...users, requestCase: { ...users.requestCase, route: 'users' as const } },
    answered({ requirement, status: 403 }),
  ];
  expect(verdictOf(exchanges)?.outcome).toBe('deviates');
});

test('a recording of a run that sent none is not judged', () => {
  expect(verdictOf([answered({})])?.outcome).toBe('untested');
});

const differences: readonly [Answered, received: string][] = [
  [{ status: 500 }, '500'],
  [{ status: 202 }, '202'],
  [{ date: '2017-01-01T00:00:34Z' }, 'another instant'],
  [{ echo: 'XYZ' }, 'the client-request-id of another request'],
];

for (const [answer, received] of differences)
  test(`an equivalent differs where it is answered with ${JSON.stringify(answer)}`, () => {
    const plain = new PlainAnswers();
    expect(plain.difference(answered(answer))).toBeUndefined();
    plain.learn(answered({}));
    expect(plain.difference(answered({ echo: 'abc' }))).toBeUndefined();
    expect(plain.difference(answered(answer))).toMatchObject({ received });
  });
