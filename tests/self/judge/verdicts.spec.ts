import { expect, test } from '@playwright/test';
import type { End, Exchange } from '../../../schemas/files/recording.ts';
import type { Declared, Verdict } from '../../../schemas/files/report.ts';
import { entityType } from '../../../schemas/operation.ts';
import { judge } from '../../judge/judge.ts';
import { shownExchange } from '../../report/model/exchange.ts';
import { messageOf, wrongIn } from '../../report/model/wording.ts';
import { requirements } from '../../requirements/index.ts';
import { answered, type Differing, sent } from '../support/answered.ts';
import { run } from '../support/recorded.ts';
import tables from './verdicts.json' with { type: 'json' };

/** What is judged and how it is told, as data. */
const data = tables as unknown as {
  readonly outcomes: readonly [string, string, Partial<Declared>[], outcome: string, boolean][];
  readonly sentences: readonly [id: string, differing: Differing, wrong: string][];
  readonly bodies: readonly (readonly [body: string, received: string, by?: string])[];
  readonly moved: readonly (readonly [given: string, how: string])[];
  readonly movedAlike: readonly (readonly [
    how: string,
    ...(readonly [sent: string, given: string])[],
  ])[];
};

interface Judging {
  readonly declared?: readonly Partial<Declared>[];
  readonly strict?: boolean;
  readonly end?: End | null;
}

function verdictOf(
  id: string,
  exchanges: readonly Exchange[],
  { declared = [], strict = false, end = { complete: true } }: Judging = {},
): Verdict {
  const entry = { file: 'deviations.json', isOver: false, requirement: id, received: '204' };
  const deviations = declared.map((each, index): Declared => {
    return { ...entry, entry: index + 1, reason: 'seen', since: '2026-11-01', ...each };
  });
  const routes = ['me', 'users'] as const;
  const asked = routes.filter((route) =>
    exchanges.some((each) => each.requestCase.route === route),
  );
  const recording = { path: 'r', run: { ...run, routes: asked }, exchanges, ...(end && { end }) };
  const { verdicts } = judge(recording, { requirements, deviations, strict });
  const verdict = verdicts.find(({ requirement }) => requirement === id);
  if (verdict === undefined) throw new Error(`${id} was not judged`);
  return verdict;
}

const creates = (...answers: Differing[]) =>
  answers.map((each, i) => answered({ number: i + 1, ...each }));
const conforming = creates({}, {});
const deviating = creates({}, { status: 204 }, { status: 204 });
const onUsers = (exchange: Exchange): Exchange => ({
  ...exchange,
  requestCase: { ...exchange.requestCase, route: 'users' },
});

for (const [name, what, declared, outcome, failing] of data.outcomes)
  test(`${name} is: ${outcome}`, () => {
    const exchanges = what === 'deviating' ? deviating : conforming;
    expect(verdictOf('create-status', exchanges, { declared })).toMatchObject({ outcome, failing });
  });

test('a verdict is that of the worse route, with the requests of both and what each came to', () => {
  const both = [...deviating, ...conforming.map(onUsers)];
  expect(verdictOf('create-status', both)).toMatchObject({
    ...{ outcome: 'deviates', failing: true, received: '204', requests: 5, failingRequests: 2 },
    routes: [
      { route: 'me', outcome: 'deviates', requests: 3, failingRequests: 2 },
      { route: 'users', outcome: 'conforms', received: '201', requests: 2 },
    ],
  });
  const declared = [{ route: 'me' as const }];
  expect(verdictOf('create-status', both, { declared }).outcome).toBe('known deviation');
  const away = answered({ failure: { kind: 'unreachable', detail: '' } });
  const half = verdictOf('location', [...conforming, onUsers(away)]);
  expect(half).toMatchObject({ outcome: 'deviates', failing: false });
  expect(half.routes.map(({ outcome }) => outcome)).toEqual(['deviates', 'error']);
});

test('of a run that was interrupted only a deviation that was seen is sure, and the rest is an error', () => {
  const stopped: End = { complete: false, interrupted: true, reason: 'stopped', skipped: 9 };
  const deviates = creates({ status: 204 }, { status: 204 });
  for (const [end, reason] of [
    [stopped, 'the run was interrupted after 2 requests, 9 were not sent'],
    [null, 'the run was interrupted after 2 requests'],
  ] as const) {
    const error = { outcome: 'error', failing: true, reason };
    const declared = [{}];
    expect(verdictOf('create-status', conforming, { end })).toMatchObject(error);
    expect(verdictOf('create-status', conforming, { end, declared })).toMatchObject(error);
    expect(verdictOf('create-status', deviates, { end, declared })).toMatchObject(error);
    expect(verdictOf('token-needed', conforming, { end })).toMatchObject(error);
    expect(verdictOf('create-status', deviates, { end }).outcome).toBe('deviates');
    expect(verdictOf('id-shape', conforming, { end }).outcome).toBe('untested');
  }
});

test('of a run that left out requests no declaration is stale', () => {
  const end: End = { complete: false, reason: 'throttled', skipped: 9 };
  const declared = [{}];
  const error = { outcome: 'error', failing: true, reason: 'throttled' };
  expect(verdictOf('create-status', conforming, { end, declared })).toMatchObject(error);
  expect(verdictOf('create-status', conforming, { end }).outcome).toBe('conforms');
});

test('one cause is one entry: what only repeats a declared deviation is known too', () => {
  const example = answered({ status: 204, requestCase: { kind: 'example' } });
  const shown = (received: string) =>
    verdictOf('example-exchange', [example], {
      declared: [{ requirement: 'create-status', received }],
    });
  expect(shown('204')).toMatchObject({
    outcome: 'known deviation',
    received: 'create-status: 204',
    declared: { file: 'deviations.json', entry: 1, received: '204' },
  });
  expect(shown('200')).toMatchObject({ outcome: 'deviates', failing: true });
});

test('a deviation of the platform is a warning, unless the run is strict', () => {
  const found = { outcome: 'deviates', received: 'no Location' };
  expect(verdictOf('location', conforming)).toMatchObject({ ...found, failing: false });
  expect(verdictOf('location', conforming, { strict: true })).toMatchObject({
    ...found,
    failing: true,
  });
});

const away = creates({ failure: { kind: 'unreachable', detail: 'ECONNREFUSED' } });
const large = creates({ object: '', notKept: 'larger than 256 KiB' });
const slow = { kind: 'equivalent', requirement: 'token-scheme-case' } as const;

// biome-ignore format: a row a line
const unjudged: readonly (readonly [string, id: string, Exchange[], outcome: string, reason: RegExp])[] = [
  ['what no exchange can show', 'id-present', creates({ status: 204, object: '' }), 'not applicable', /JSON object/],
  ['what no request asked', 'token-needed', conforming, 'error', /no such request was sent/],
  ['a target that is away', 'create-status', away, 'error', /^the target could not be reached: ECONNREFUSED$/],
  ['what nobody can judge', 'id-shape', conforming, 'untested', /opaque/],
  ['an equivalent that was not sent', slow.requirement, conforming, 'untested', /were not sent/],
  ['a body that is too large to be kept', 'body-json', large, 'untested', /larger than 256 KiB/],
];

for (const [name, id, exchanges, outcome, reason] of unjudged)
  test(`${name} is: ${outcome}`, () => {
    const verdict = verdictOf(id, exchanges);
    expect(verdict).toMatchObject({ outcome, failing: outcome === 'error', received: '' });
    expect(verdict.reason).toMatch(reason);
  });

test('of a response that is too large, status and headers are judged', () => {
  expect(verdictOf('create-status', large).outcome).toBe('conforms');
  expect(verdictOf('create-answered', large).outcome).toBe('conforms');
  expect(verdictOf('location', large)).toMatchObject({ outcome: 'deviates' });
});

test('several findings are told in an order of their own, and the first request is the evidence', () => {
  const mixed = creates({ number: 3, status: 400 }, { number: 1 }, { number: 2, status: 503 });
  const verdict = verdictOf('create-status', [...mixed, answered({ number: 4, status: 503 })]);
  expect(verdict).toMatchObject({ received: '400; 503', requests: 4, failingRequests: 3 });
  expect(verdict.status).toBeUndefined();
  expect([verdict.told, verdict.wrong]).toEqual(['503; 400', undefined]);
  expect(verdict.exchange).toEqual({
    request: 'pair-01 on /me',
    name: 'pair-01',
    at: '2026-11-23T01:02:03.456Z',
    requestId: 'r-1',
    clientRequestId: 'c-2',
    recorded: 'recording.jsonl:2',
  });
});

test('how long responses take is a note, and no finding', () => {
  const slow = answered({ number: 2 });
  const exchanges = [answered(), { ...slow, ms: 2_500 }];
  const recording = { path: 'r', run, exchanges, end: { complete: true } };
  const { notes, verdicts, exchangeOf } = judge(recording, {
    requirements,
    deviations: [],
    strict: true,
  });
  expect(notes).toMatchObject([
    { text: '1 response took longer than CONTRACT_SLOW_MS (2000 ms), the slowest 2500 ms' },
  ]);
  expect(exchangeOf(notes[0]?.exchange)?.ms).toBe(2_500);
  expect(verdicts.filter(({ received }) => /slow|ms/.test(received))).toEqual([]);
});

for (const [id, differing, wrong] of data.sentences)
  test(`${id} is told as: ${wrong}`, () => {
    const verdict = verdictOf(id, [answered(), answered({ number: 2, ...differing })]);
    expect(verdict.wrong).toBe(wrong);
    expect(messageOf(verdict)).not.toMatch(/received +absent/);
  });

test('what each route received is told where they differ', () => {
  const object = { '@odata.type': entityType, id: 'x' };
  const isNull = { object: { ...object, deletedDateTime: null } };
  const verdict = verdictOf('date-instant', [
    ...creates({ object }),
    ...creates(isNull).map(onUsers),
  ]);
  expect(wrongIn(verdict)).toBe(
    'expected the instant that was sent, received no deletedDateTime on /me, null on /users',
  );
  expect(messageOf(verdict)).toContain('\n  declare as "absent" on /me, "null" on /users\n');
});

test('an undocumented answer is what every failing request got, or none', () => {
  const page = { status: 500, headers: [['Content-Type', 'text/html; charset=utf-8']] } as const;
  const shown = (...all: Differing[]) => verdictOf('create-status', creates(...all)).undocumented;
  expect(shown({}, page, page)).toBe('500 text/html');
  expect([shown(page, { status: 400 }), shown({ status: 400 })]).toEqual([undefined, undefined]);
});

test('of routes that answer unlike, both answers of each pair count', () => {
  const pair = [...creates({ status: 200 }), ...creates({}).map(onUsers)];
  expect(verdictOf('routes-alike', pair)).toMatchObject({ requests: 2, failingRequests: 2 });
});

test('of a property that is left out its place is marked, and not the whole body', () => {
  const properties = {
    'id-present': 'id',
    'date-instant': 'deletedDateTime',
    'odata-type': '@odata.type',
    'odata-context': '@odata.context',
  };
  for (const [id, property] of Object.entries(properties)) {
    const exchange = answered({ object: { x: 1 } });
    const { response } = shownExchange(exchange, verdictOf(id, [exchange]));
    expect(response?.marked).toEqual([`(no ${property})`]);
  }
});

for (const [body, received, by = 'body-json'] of data.bodies)
  test(`the body ${body} is told as: ${received}`, () => {
    expect(verdictOf(by, creates({ object: body })).received).toBe(received);
  });

for (const [given, how] of data.moved)
  test(`a date that comes back as ${given} is told as: ${how}`, () => {
    const other = { name: 'pair-02', deletedDateTime: '2018-01-01T00:00:00Z' };
    const object = { '@odata.type': entityType, id: 'x', deletedDateTime: given };
    const exchanges = creates({ object }, { status: 500, requestCase: other });
    expect(verdictOf('date-instant', exchanges)).toMatchObject({
      received: 'another instant',
      detail: `sent ${sent}, received ${given}: ${how}`,
      wrong: `returns another instant than was sent: ${how}`,
    });
  });

for (const [how, ...dates] of data.movedAlike)
  test(`dates that are all wrong in one way are told so: ${how}`, () => {
    const exchanges = dates.map(([deletedDateTime, given], i) => ({
      object: { '@odata.type': entityType, id: `${i}`, deletedDateTime: given },
      requestCase: { name: `pair-${i}`, deletedDateTime },
    }));
    const wrong = `returns another instant than was sent: ${how}`;
    expect(verdictOf('date-instant', creates(...exchanges)).wrong).toBe(wrong);
  });
