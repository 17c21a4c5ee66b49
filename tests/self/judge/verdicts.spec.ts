import { expect, test } from '@playwright/test';
import type { End, Exchange, Run } from '../../../schemas/files/recording.ts';
import type { Declared, Verdict } from '../../../schemas/files/report.ts';
import { judge } from '../../judge/judge.ts';
import { verdictMessage } from '../../report/model/wording.ts';
import { requirements } from '../../requirements/index.ts';

const run: Run = {
  run: 'r',
  startedAt: '2026-11-23T01:02:00.000Z',
  suiteVersion: '0',
  target: 't',
  baseUrl: 'http://t.invalid/v1.0',
  routes: ['me'],
  notApplicable: {},
  seed: 1,
  slowMs: 2_000,
  configuration: {},
};
const date = '2017-01-01T00:00:34.0507931+03:00';

function create(
  number: number,
  answer: Partial<NonNullable<Exchange['response']>> | undefined,
  more: Partial<Exchange> = {},
): Exchange {
  const body = Buffer.from(
    JSON.stringify({
      '@odata.type': '#microsoft.graph.directoryObject',
      id: `id-${number}`,
      deletedDateTime: date,
    }),
  );
  return {
    requestCase: {
      number,
      name: `pair-0${number}`,
      kind: 'create',
      route: 'me',
      why: '',
      deletedDateTime: date,
    },
    request: {
      method: 'POST',
      url: 'http://t.invalid/v1.0/me/registeredDevices/$ref',
      headers: [['client-request-id', `c-${number}`]],
      body,
    },
    at: '2026-11-23T01:02:03.000Z',
    ms: 5,
    evidence: `recording.jsonl:${number}`,
    ...(answer && {
      response: {
        status: 201,
        reason: '',
        headers: [
          ['Content-Type', 'application/json'],
          ['request-id', 'r-1'],
        ],
        body,
        wireBytes: body.length,
        ...answer,
      },
    }),
    ...more,
  };
}

function verdictOf(
  id: string,
  exchanges: Exchange[],
  declared: Partial<Declared>[] = [],
  strict = false,
  end: End | null = { complete: true },
): Verdict | undefined {
  const entry = { file: 'deviations.json', isOver: false, requirement: id, received: '204' };
  const deviations = declared.map((each, index): Declared => {
    return { ...entry, entry: index + 1, reason: 'seen', since: '2026-11-01', ...each };
  });
  const recording = { path: 'recording.jsonl', run, exchanges, ...(end && { end }) };
  const { verdicts } = judge(recording, { requirements, deviations, strict });
  return verdicts.find(({ requirement }) => requirement === id);
}

const conforming = [create(1, {}), create(2, {})];
const deviating = [create(1, {}), create(2, { status: 204 }), create(3, { status: 204 })];

test('conforms, deviates, and the declared outcomes', () => {
  const cases: [string, Exchange[], Partial<Declared>[], string, boolean][] = [
    ['nothing found', conforming, [], 'conforms', false],
    ['a finding', deviating, [], 'deviates', true],
    ['the declared finding', deviating, [{}], 'known deviation', false],
    ['the declared finding, of this route', deviating, [{ route: 'me' }], 'known deviation', false],
    ['declared for the other route', deviating, [{ route: 'users' }], 'deviates', true],
    ['another finding than declared', deviating, [{ received: '200' }], 'changed deviation', true],
    ['declared, but it conforms now', conforming, [{}], 'stale deviation', true],
    ['declared for a time that is over', deviating, [{ isOver: true }], 'changed deviation', true],
    ['over, and it conforms now', conforming, [{ isOver: true }], 'stale deviation', true],
  ];
  for (const [name, exchanges, declared, outcome, failing] of cases)
    expect(verdictOf('create-status', exchanges, declared), name).toMatchObject({
      outcome,
      failing,
    });
});

test('of a run that was interrupted only a deviation that was seen is sure, and the rest is an error', () => {
  const stopped: End = { complete: false, interrupted: true, reason: 'stopped', skipped: 9 };
  for (const [end, reason] of [
    [stopped, 'the run was interrupted after 2 requests, 9 were not sent'],
    [null, 'the run was interrupted after 2 requests'],
  ] as const) {
    const early = (id: string, sent: Exchange[], declared: Partial<Declared>[] = []) =>
      verdictOf(id, sent, declared, false, end);
    const error = { outcome: 'error', failing: true, reason };
    const deviates = [create(1, { status: 204 }), create(2, { status: 204 })];
    expect(early('create-status', conforming)).toMatchObject(error);
    expect(early('create-status', conforming, [{}])).toMatchObject(error);
    expect(early('create-status', deviates, [{}])).toMatchObject(error);
    expect(early('token-needed', conforming)).toMatchObject(error);
    expect(early('create-status', deviates)).toMatchObject({ outcome: 'deviates' });
    expect(early('id-shape', conforming)).toMatchObject({ outcome: 'untested' });
  }
});

test('one cause is one entry: what only repeats a declared deviation is known too', () => {
  const shown = (received: string) => {
    const exchange = create(1, { status: 204 });
    const requestCase = { ...exchange.requestCase, kind: 'example' as const };
    return verdictOf(
      'example-exchange',
      [{ ...exchange, requestCase }],
      [{ requirement: 'create-status', received }],
    );
  };
  expect(shown('204')).toMatchObject({
    outcome: 'known deviation',
    received: 'create-status: 204',
    declared: { file: 'deviations.json', entry: 1 },
  });
  expect(shown('200')).toMatchObject({ outcome: 'deviates', failing: true });
});

test('a deviation of the platform is a warning, unless the run is strict', () => {
  expect(verdictOf('location', conforming)).toMatchObject({
    outcome: 'deviates',
    failing: false,
    received: 'no Location',
  });
  expect(verdictOf('location', conforming, [], true)).toMatchObject({
    outcome: 'deviates',
    failing: true,
  });
});

test('what no exchange can show is not applicable, what no call asked is not judged', () => {
  const empty = [create(1, { status: 204, body: Buffer.alloc(0), wireBytes: 0 })];
  expect(verdictOf('id-present', empty)).toMatchObject({
    outcome: 'not applicable',
    failing: false,
  });
  expect(verdictOf('token-needed', conforming)).toMatchObject({
    outcome: 'error',
    failing: true,
  });
  const away = [create(1, undefined, { failure: { kind: 'unreachable', detail: 'ECONNREFUSED' } })];
  expect(verdictOf('create-status', away)).toMatchObject({
    outcome: 'error',
    reason: 'the target could not be reached: ECONNREFUSED',
  });
  expect(verdictOf('id-shape', conforming)).toMatchObject({
    outcome: 'untested',
    failing: false,
  });
});

test('several findings are told in an order of their own, and the first call is the evidence', () => {
  const mixed = [
    create(3, { status: 503 }),
    create(1, {}),
    create(2, { status: 400 }),
    create(4, { status: 503 }),
  ];
  const verdict = verdictOf('create-status', mixed);
  expect(verdict).toMatchObject({ received: '400; 503', requests: 4, failingRequests: 3 });
  expect(verdict?.exchange).toEqual({
    request: 'pair-02 on /me',
    at: '2026-11-23T01:02:03.000Z',
    requestId: 'r-1',
    clientRequestId: 'c-2',
    recorded: 'recording.jsonl:2',
  });
});

test('a failing verdict reads as documented, and no longer', () => {
  const verdict = verdictOf('date-instant', [
    create(1, {
      body: Buffer.from(
        JSON.stringify({
          '@odata.type': '#microsoft.graph.directoryObject',
          id: 'x',
          deletedDateTime: '2017-01-01T00:00:34.0507931Z',
        }),
      ),
    }),
  ]);
  expect(verdict && verdictMessage(verdict)).toBe(
    [
      'date-instant on /me: expected the instant that was sent, received another instant',
      '  rule       returns in deletedDateTime the instant that was sent, to 100 ns (shown: only the example shows it; page, example: the response repeats the deletedDateTime sent; compared as instants, since offsets may be normalised (OData 11.4.1.2))',
      '  where      /me, 1 of 1 request',
      '  detail     sent 2017-01-01T00:00:34.0507931+03:00, received 2017-01-01T00:00:34.0507931Z: 3 h later',
      "  evidence   pair-01 on /me, request-id r-1 (the target's), 2026-11-23T01:02:03.000Z, recording.jsonl:1",
    ].join('\n'),
  );
});
