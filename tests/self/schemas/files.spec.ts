import { expect, test } from '@playwright/test';
import { type SchemaName, schemaErrors } from '../../../schemas/validate.ts';

// The formats only this suite writes: each document is a good one that departs in one place.
function departs(
  schema: SchemaName,
  good: Readonly<Record<string, unknown>>,
  wrong: readonly (readonly [path: string, value: unknown])[],
): void {
  for (const [path, value] of wrong)
    test(`${schema} rejects ${path} ${value === undefined ? 'left out' : `of ${JSON.stringify(value)}`}`, () => {
      const document = structuredClone(good);
      set(document, path.split('.'), value);
      const properties = schemaErrors(schema, document).map(({ property }) => property);
      expect(properties).toContain(path);
    });
}

function set(
  document: Record<string, unknown>,
  [key = '', ...rest]: string[],
  value: unknown,
): void {
  if (rest.length > 0) set(document[key] as Record<string, unknown>, rest, value);
  else if (value === undefined) delete document[key];
  else document[key] = value;
}

const accepted = (schema: SchemaName, documents: Readonly<Record<string, unknown>>) => {
  for (const [name, document] of Object.entries(documents))
    test(`${schema} accepts ${name}`, () => expect(schemaErrors(schema, document)).toEqual([]));
};

const at = '2026-11-23T01:02:03.456Z';
const run = {
  run: '2026-11-23T01-02-03.456Z-abcdef',
  startedAt: at,
  suiteVersion: '0.1.0',
  target: 'embedded-mock',
  baseUrl: 'http://127.0.0.1:8080/v1.0',
  routes: ['me', 'users'],
  notApplicable: { me: 'an application token has no /me' },
  seed: 1,
  slowMs: 2000,
  configuration: { CONTRACT_STRICT: false, CONTRACT_SEED: 1, GRAPH_USER_ID: 'x' },
};
const exchange = {
  requestCase: {
    number: 1,
    name: 'pair-01',
    kind: 'create',
    route: 'me',
    why: 'x',
    deletedDateTime: 'x',
  },
  request: { method: 'POST', url: 'http://x/', headers: [['A', 'b']], body: { text: '' } },
  at,
  ms: 0.1,
  response: {
    status: 201,
    reason: '',
    headers: [
      ['A', 'b'],
      ['A', 'c'],
    ],
    body: { base64: '/w==' },
    wireBytes: 0,
  },
  failure: { kind: 'cut off', detail: '' },
};
const { failure, response, ...silent } = exchange;
const { deletedDateTime: _, ...dateless } = exchange.requestCase;

accepted('recording', {
  'the line of the run': run,
  'an answer that was cut off': exchange,
  'a whole answer': { ...silent, response },
  'no answer at all': { ...silent, failure },
  'an answer whose length nobody can count': {
    ...silent,
    response: { ...response, wireBytes: undefined },
  },
  'the end': { complete: true },
  'an end that left calls out': {
    complete: false,
    reason: 'a route fell silent or slow',
    skipped: 17,
  },
  ...Object.fromEntries(
    ['example', 'create', 'negative', 'probe'].map((kind) => [
      `a call of kind ${kind}`,
      { ...silent, requestCase: { ...dateless, kind }, response },
    ]),
  ),
  ...Object.fromEntries(
    ['unreachable', 'dropped', 'reset', 'cut off', 'timed out', 'unreadable', 'undecodable'].map(
      (kind) => [`a failure called ${kind}`, { ...silent, failure: { kind, detail: '' } }],
    ),
  ),
});
departs('recording', run, [
  ['run', ''],
  ['startedAt', '2026-11-23T01:02:03Z'],
  ['startedAt', undefined],
  ['routes.0', 'devices'],
  ['notApplicable.other', 'x'],
  ['seed', 1.5],
  ['slowMs', undefined],
  ['configuration.GRAPH_USER_ID', null],
  ['token', 'x'],
]);
departs('recording', exchange, [
  ['requestCase.number', 0],
  ['requestCase.kind', 'delete'],
  ['requestCase.route', 'devices'],
  ['requestCase.name', undefined],
  ['requestCase.token', 'x'],
  ['request.body', {}],
  ['request.body', { text: '', base64: '' }],
  ['request.headers.0', ['A']],
  ['request.headers.0', ['A', 'b', 'c']],
  ['request.headers', { A: 'b' }],
  ['at', '2026-11-23'],
  ['ms', -1],
  ['response.status', '201'],
  ['response.body', 'text'],
  ['response.wireBytes', -1],
  ['response.wireBytes', null],
  ['failure.kind', 'broken'],
  ['failure.detail', undefined],
]);
departs('recording', { complete: false, reason: 'x', skipped: 1 }, [
  ['skipped', -1],
  ['left', 1],
]);

const deviation = {
  requirement: 'create-status',
  route: 'me',
  received: '204',
  reason: 'a reference is added',
  since: '2026-11-23',
  until: '2027-02-28',
  link: 'https://example.org/1',
};
const { route: _r, until: _u, link: _l, ...needed } = deviation;

accepted('deviations', {
  'a file without any': { deviations: [] },
  'an entry with everything': { $schema: 'x', comment: 'y', deviations: [deviation] },
  'an entry with what is needed': { deviations: [needed] },
});
departs('deviations', { deviations: [deviation] }, [
  ['deviations', undefined],
  ['deviations', {}],
  ['deviation', []],
  ['deviations.0', 'create-status'],
  ['deviations.0.requirement', undefined],
  ['deviations.0.requirement', ''],
  ['deviations.0.route', 'both'],
  ['deviations.0.received', undefined],
  ['deviations.0.received', 204],
  ['deviations.0.received', ''],
  ['deviations.0.reason', undefined],
  ['deviations.0.reason', ''],
  ['deviations.0.since', undefined],
  ['deviations.0.since', 'yesterday'],
  ['deviations.0.since', '2026-11-23T00:00:00Z'],
  ['deviations.0.since', '2026-13-01'],
  ['deviations.0.until', '2026-11-32'],
  ['deviations.0.until', null],
  ['deviations.0.expires', '2026-11-23'],
]);

test('a line that is of no kind, and one of two kinds, is no line of a recording', () => {
  for (const line of [{}, null, [], 'x', { ...run, ...exchange }, { ...run, complete: true }])
    expect(schemaErrors('recording', line)).not.toEqual([]);
});
