import { expect, test } from '@playwright/test';
import { type SchemaName, schemaErrors } from '../../../schemas/validate.ts';

/** A document, and the properties that break its schema; none where it conforms. */
type Case = readonly [name: string, document: unknown, ...wrong: string[]];

const type = '#microsoft.graph.directoryObject';
const date = '2017-01-01T00:00:34.0507931+03:00';
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const object = { '@odata.type': type, id, deletedDateTime: date };
const { deletedDateTime: _, ...dateless } = object;
const withType = (name: unknown) => ({ ...object, '@odata.type': name });
const withDate = (deletedDateTime: unknown) => ({ ...object, deletedDateTime });
const links = { '@odata.etag': 'W/"1"', '@odata.editLink': 'a(1)', '@odata.readLink': 'a(1)' };

// biome-ignore format: a row a line
const objects: readonly Case[] = [
  ['the documented answer', object],
  ['further properties', { ...object, displayName: 'x', list: [1], nested: { a: null } }],
  ['unknown annotations', { ...object, '@vendor.note': 1, 'id@vendor.note': {} }],
  ['the annotations of OData', { '@odata.context': '../$metadata#directoryObjects/$entity', '@odata.id': null, ...links, ...object }],
  ['a type that is a whole metadata URL', withType(`https://graph.microsoft.com/v1.0/$metadata${type}`)],
  ['a date that is null', withDate(null)],
  ['a date in UTC', withDate('2016-12-31T21:00:34.0507931Z')],
  ['an id that is no UUID', { ...object, id: '设备/1 "é"' }],
  ['an id of one character', { ...object, id: '0' }],
  ['an object without anything', {}, '@odata.type', 'deletedDateTime', 'id'],
  ['a missing id', { '@odata.type': type, deletedDateTime: date }, 'id'],
  ['an empty id', { ...object, id: '' }, 'id'],
  ['an id that is null', { ...object, id: null }, 'id'],
  ['an id that is a number', { ...object, id: 98 }, 'id'],
  ['a missing type', { id, deletedDateTime: date }, '@odata.type'],
  ['the type without #', withType(type.slice(1)), '@odata.type'],
  ['the type in lower case', withType(type.toLowerCase()), '@odata.type'],
  ['another type', withType('#microsoft.graph.device'), '@odata.type'],
  ['a type that only begins so', withType(`${type}s`), '@odata.type'],
  ['a type with a line end', withType(`${type}\n`), '@odata.type'],
  ['a type with another dot', withType(type.replace('.', '-')), '@odata.type'],
  ['a type that is a list', withType([type]), '@odata.type'],
  ['a missing date', dateless, 'deletedDateTime'],
  ['a date without offset', withDate('2017-01-01T00:00:34'), 'deletedDateTime'],
  ['30 February', withDate('2017-02-30T00:00:34Z'), 'deletedDateTime'],
  ['a date that is a number', withDate(1483218034), 'deletedDateTime'],
  ['a date that is empty', withDate(''), 'deletedDateTime'],
  ['a context that is an object', { ...object, '@odata.context': {} }, '@odata.context'],
  ['two faults as two', { ...object, id: '', deletedDateTime: 'now' }, 'deletedDateTime', 'id'],
  ['null', null, ''], ['a list', [object], ''], ['a text', 'directoryObject', ''],
];

// What a client may send besides: a server that checks requests by the description refuses none of it.
// biome-ignore format: a row a line
const creates: readonly Case[] = [
  ['the documented request, which has no id', { '@odata.type': type, deletedDateTime: date }],
  ['an object with the id of the table', object],
  ['an object without a type', { deletedDateTime: date }],
  ['a property that nobody documents', { ...object, displayName: 'x' }],
  ['a date without seconds', withDate('2017-01-01T00:00Z')],
  ['a date that is null', withDate(null), 'deletedDateTime'],
  ['a missing date', dateless, 'deletedDateTime'],
  ['another type', withType('#microsoft.graph.message'), '@odata.type'],
  ['a date that ajv-formats would take', withDate('2017-01-01 00:00:34+03'), 'deletedDateTime'],
];

const error = { code: 'Request_BadRequest', message: 'No.' };
const withError = (more: object) => ({ error: { ...error, ...more } });
// The live form: the inner error's date has no offset.
const inner = { date: '2026-11-23T01:02:03', 'request-id': id, 'client-request-id': id };

// biome-ignore format: a row a line
const errors: readonly Case[] = [
  ['the form of the general error page', withError({ innerError: inner })],
  ['innererror in lower case', withError({ innererror: inner })],
  ['inner errors that nest', withError({ innerError: { code: 'x', innererror: { innerError: inner } } })],
  ['an inner error that is null', withError({ innerError: null })],
  ['an inner error of another service', withError({ innerError: { code: 1, trace: [] } })],
  ['details and target', withError({ target: 'id', details: [{ ...error, target: 'id' }, error] })],
  ['details and target that are null', withError({ target: null, details: null })],
  ['only code and message', { error }],
  ['annotations', { ...withError({ '@vendor.retry': false }), '@vendor.note': 1 }],
  ['an object without error', { code: 'x', message: 'y' }, 'error'],
  ['an error that is a text', { error: 'No.' }, 'error'],
  ['an error that is null', { error: null }, 'error'],
  ['an error that is a list', { error: [error] }, 'error'],
  ['an empty error', { error: {} }, 'error.code', 'error.message'],
  ['an empty code', withError({ code: '' }), 'error.code'],
  ['a code that is a number', withError({ code: 400 }), 'error.code'],
  ['an empty message', withError({ message: '' }), 'error.message'],
  ['the old message object', withError({ message: { value: 'No.' } }), 'error.message'],
  ['names in another case', { error: { Code: 'x', Message: 'y' } }, 'error.code', 'error.message'],
  ['details that are an object', withError({ details: error }), 'error.details'],
  ['a detail without message', withError({ details: [error, { code: 'x' }] }), 'error.details.1.message'],
  ['an inner error that is a text', withError({ innererror: 'x' }), 'error.innererror'],
  ['a nested one that is a list', withError({ innerError: { innererror: [] } }), 'error.innerError.innererror'],
];

const at = '2026-11-23T01:02:03.456Z';
const run = {
  ...{ run: 'r', startedAt: at, suiteVersion: '0.1.0', target: 't', baseUrl: 'http://t/v1.0' },
  ...{ routes: ['me', 'users'], notApplicable: { me: 'x' }, seed: 1, slowMs: 2000 },
  configuration: { CONTRACT_STRICT: false, CONTRACT_SEED: 1, GRAPH_USER_ID: 'x' },
};
const requestCase = { number: 1, name: 'pair-01', kind: 'create', route: 'me', why: 'x' };
const request = { method: 'POST', url: 'http://x/', headers: [['A', 'b']], body: { text: '' } };
const silent = { requestCase, request, at, ms: 0.1 };
const response = {
  status: 201,
  reason: '',
  headers: [
    ['A', 'b'],
    ['A', 'c'],
  ],
  body: { base64: '/w==' },
  wireBytes: 0,
};
const exchange = { ...silent, response, failure: { kind: 'cut off', detail: '' } };
const end = { complete: false, reason: 'a route fell silent', skipped: 17 };

/** The document with one place changed; `undefined` leaves it out. */
function changed(document: object, path: string, value: unknown): object {
  const copy = structuredClone(document) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function changes(document: object, rows: readonly (readonly [string, unknown])[]): Case[] {
  return rows.map(([path, value]) => [
    `${path} of ${JSON.stringify(value)}`,
    changed(document, path, value),
    path,
  ]);
}

// biome-ignore format: a row a line
const lines: readonly Case[] = [
  ['the line of the run', run],
  ['an answer that was cut off', exchange],
  ['no answer at all', { ...silent, failure: exchange.failure }],
  ['an answer whose length nobody can count', { ...silent, response: { ...response, wireBytes: undefined } }],
  ['the end', { complete: true }],
  ['an end that left requests out', end],
  ...['example', 'create', 'equivalent', 'negative', 'probe'].map((kind): Case => [`a request of kind ${kind}`, changed(exchange, 'requestCase.kind', kind)]),
  ...['unreachable', 'dropped', 'reset', 'cut off', 'timed out', 'unreadable', 'undecodable'].map((kind): Case => [`a failure called ${kind}`, changed(exchange, 'failure.kind', kind)]),
  ...changes(run, [['run', ''], ['startedAt', '2026-11-23T01:02:03Z'], ['startedAt', undefined], ['routes.0', 'devices'], ['notApplicable.other', 'x'], ['seed', 1.5], ['slowMs', undefined], ['configuration.GRAPH_USER_ID', null], ['token', 'x']]),
  ...changes(exchange, [['requestCase.number', 0], ['requestCase.kind', 'delete'], ['requestCase.route', 'devices'], ['requestCase.name', undefined], ['requestCase.token', 'x']]),
  ...changes(exchange, [['request.body', {}], ['request.body', { text: '', base64: '' }], ['request.headers.0', ['A']], ['request.headers.0', ['A', 'b', 'c']], ['request.headers', { A: 'b' }], ['at', '2026-11-23'], ['ms', -1]]),
  ...changes(exchange, [['response.status', '201'], ['response.body', 'text'], ['response.wireBytes', -1], ['response.wireBytes', null], ['failure.kind', 'broken'], ['failure.detail', undefined]]),
  ...changes(end, [['skipped', -1], ['left', 1]]),
];

const needed = { requirement: 'create-status', received: '204', reason: 'x', since: '2026-11-23' };
const entry = { ...needed, route: 'me', until: '2027-02-28', link: 'https://example.org/1' };
const file = { deviations: [entry] };

// biome-ignore format: a row a line
const deviations: readonly Case[] = [
  ['a file without any', { deviations: [] }],
  ['an entry with everything', { $schema: 'x', comment: 'y', ...file }],
  ['an entry with what is needed', { deviations: [needed] }],
  ...changes(file, [['deviations', undefined], ['deviations', {}], ['deviation', []], ['deviations.0', 'create-status'], ['deviations.0.expires', '2026-11-23']]),
  ...changes(file, ['requirement', 'received', 'reason', 'since'].flatMap((name) => [[`deviations.0.${name}`, undefined], [`deviations.0.${name}`, '']] as const)),
  ...changes(file, [['deviations.0.route', 'both'], ['deviations.0.received', 204], ['deviations.0.since', 'yesterday'], ['deviations.0.since', '2026-11-23T00:00:00Z'], ['deviations.0.since', '2026-13-01'], ['deviations.0.until', '2026-11-32'], ['deviations.0.until', null]]),
];

const schemas: Readonly<Record<SchemaName, readonly Case[]>> = {
  directoryObject: objects,
  'directoryObject.create': creates,
  error: errors,
  recording: lines,
  deviations,
};

for (const [schema, cases] of Object.entries(schemas) as [SchemaName, readonly Case[]][]) {
  test(`${schema} says of each document which properties break it`, () => {
    for (const [name, document, ...wrong] of cases) {
      const found = new Set(schemaErrors(schema, document).map(({ property }) => property));
      // Beside a place that is named, its parents may break a choice between forms.
      if (wrong.length === 0) expect([...found], name).toEqual([]);
      for (const property of wrong) expect([...found], name).toContain(property);
      if (!['recording', 'deviations'].includes(schema))
        expect([...found].sort(), name).toEqual(wrong);
    }
  });
}

test('a line that is of no kind, and one of two kinds, is no line of a recording', () => {
  for (const line of [{}, null, [], 'x', { ...run, ...exchange }, { ...run, complete: true }])
    expect(schemaErrors('recording', line)).not.toEqual([]);
});

test('a schema error says in words what is wrong', () => {
  expect(schemaErrors('error', withError({ code: ' ' }))).toEqual([
    { property: 'error.code', message: 'is blank' },
  ]);
  expect(schemaErrors('error', { error: { code: '' } })).toEqual([
    { property: 'error.message', message: 'is missing' },
    { property: 'error.code', message: 'must NOT have fewer than 1 characters' },
  ]);
  expect(schemaErrors('deviations', { deviations: [], 'a/b~c': 1 })).toEqual([
    { property: 'a/b~c', message: 'is not a known property' },
  ]);
});
