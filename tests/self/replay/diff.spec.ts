import { expect, test } from '@playwright/test';
import type { Exchange, Header } from '../../../schemas/files/recording.ts';
import {
  differenceLine,
  differencesMarkdown,
  differencesOf,
  type Pair,
  pairsOf,
} from '../../replay/diff.ts';
import { exchange } from '../support/recorded.ts';

const json: Header = ['Content-Type', 'application/json'];
const sentDate = '2017-01-01T00:00:34.0507931+03:00';
const tenant = 'https://tenant.invalid/v1.0';
const mock = 'http://127.0.0.1:1/v1.0';
const object = {
  '@odata.type': '#microsoft.graph.directoryObject',
  id: '98b7e341-e341-98b7-41e3-b79841e3b798',
  deletedDateTime: sentDate,
};

interface Responded {
  readonly status?: number;
  readonly headers?: readonly Header[];
  readonly body?: unknown;
  /** The body of the request. */
  readonly sent?: object;
  /** The client-request-id of the request. */
  readonly requestId?: string;
}

/** An exchange with that response; by default a create that conforms. */
function responded(given: Responded = {}): Exchange {
  const { status = 201, headers = [json], body = object, sent = {}, requestId = '' } = given;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const base = exchange({ status, headers, body: Buffer.from(text) });
  return {
    ...base,
    requestCase: { ...base.requestCase, deletedDateTime: sentDate },
    request: {
      ...base.request,
      headers: [['client-request-id', requestId]],
      body: Buffer.from(JSON.stringify(sent)),
    },
  };
}

const typed = (type: string): Responded => ({ headers: [['Content-Type', type]] });
const withHeaders = (...headers: Header[]): Responded => ({ headers: [json, ...headers] });
const withProperties = (properties: object): Responded => ({ body: { ...object, ...properties } });
const location = (url: string) => withHeaders(['Location', url]);
const refused = (status: number, body: unknown, ...headers: Header[]): Responded => ({
  ...withHeaders(...headers),
  status,
  body,
});
const error = (code: string, more = {}) =>
  refused(400, { error: { code, message: 'No.', ...more } });

const differences = (pairs: Pair[]) =>
  differencesOf(pairs, { recorded: { baseUrl: tenant }, replayed: { baseUrl: mock } });
const linesOf = (pairs: Pair[]) => differences(pairs).map(differenceLine);

/** The differences of one request, a line each without the request. */
function between(recorded: Responded, replayed: Responded): string[] {
  const lines = linesOf([{ recorded: responded(recorded), replayed: responded(replayed) }]);
  return lines.map((line) => line.replace(/ · .*/, ''));
}

/** Two responses to the same request, and the lines that report what differs. */
// biome-ignore format: a row a line
const cases: Record<string, [Responded, Responded, ...lines: string[]]> = {
  'another id and another host': [location(`${tenant}/directoryObjects/${object.id}`), { headers: [json, ['location', `${mock}/directoryObjects/opaque-7`]], ...withProperties({ id: 'opaque-7' }) }],
  'the same instant in another spelling': [{}, withProperties({ deletedDateTime: '2016-12-31T21:00:34.0507931Z' })],
  'the id that each was sent': [{ sent: { id: object.id } }, { sent: { id: 'x' }, ...withProperties({ id: 'x' }) }],
  'the client-request-id that each was sent': [{ requestId: 'a', ...withHeaders(['client-request-id', 'a']) }, { requestId: 'b', ...withHeaders(['client-request-id', 'b']) }],
  'parameters of the media type and the case of header names': [{ headers: [['content-type', 'application/json;odata.metadata=minimal']] }, { headers: [['CONTENT-TYPE', 'Application/JSON; charset=utf-8']] }],
  'headers that no client reads': [{}, withHeaders(['X-Powered-By', 'a mock'])],
  'the words of a message and the time of an error': [error('A', { message: 'No.', date: '2026-11-24T01:00:00' }), error('A', { message: 'Oh!', date: '2026-11-25T02:02:02' })],
  'a list of methods on one line or on two': [refused(405, {}, ['Allow', 'POST'], ['Allow', 'GET']), refused(405, {}, ['Allow', 'GET, POST'])],
  'another order of properties and methods': [refused(405, { a: 1, b: 2 }, ['Allow', 'POST,GET']), refused(405, { b: 1, a: 3 }, ['Allow', 'GET, POST'])],
  'a context at another root': [withProperties({ '@odata.context': `${tenant}/$metadata#x/$entity` }), withProperties({ '@odata.context': `${mock}/$metadata#x/$entity` })],
  'another refusal, and all else in which it differs': [error('A'), { status: 403, headers: [], body: { error: { code: 'B', message: 'm', more: 1 } } }, 'status: recorded 400, here 403', 'headers Content-Type: recorded application/json, here absent', 'body error.code: recorded "A", here "B"', 'body error.more: recorded absent, here a number'],
  'a refusal in place of a success, and only that': [location(`${tenant}/x/1`), error('B'), 'status: recorded 201, here 400, so that the rest is not compared'],
  'another success, and all else in which it differs': [location(`${tenant}/x/1`), { status: 200, ...withProperties({ deletedDateTime: '2017-01-01T00:00:34Z' }) }, 'status: recorded 201, here 200', 'headers Location: recorded …/x/1, here absent', 'body deletedDateTime: recorded the instant that was sent, here another instant'],
  'another media type': [{}, typed('text/json'), 'headers Content-Type: recorded application/json, here text/json'],
  'another code': [error('A'), error('B'), 'body error.code: recorded "A", here "B"'],
  'a more specific code below the same one': [error('A', { innererror: { code: 'B' } }), error('A', { innererror: { code: 'C' } }), 'body error.innererror.code: recorded "B", here "C"'],
  'the codes of details': [error('A', { details: [{ code: 'B' }, { code: 'C' }] }), error('A', { details: [{ code: 'B' }] }), 'body error.details[].code: recorded "B" or "C", here "B"'],
  'a more specific code that is missing, reported once': [error('A', { innererror: { code: 'B' } }), error('A', { innererror: {} }), 'body error.innererror.code: recorded "B", here absent'],
  'another charset': [{}, typed('application/json; charset=utf-16'), 'headers Content-Type: recorded application/json, here application/json; charset=utf-16'],
  'a second media type': [{}, withHeaders(['Content-Type', 'text/html']), 'headers Content-Type: recorded application/json, here application/json and text/html'],
  'another amount of metadata': [{}, typed('application/json;odata.metadata=full'), 'headers Content-Type: recorded application/json, here application/json; odata.metadata=full'],
  'another media type with its own parameters, reported once': [typed('application/json;odata.metadata=full'), typed('text/html'), 'headers Content-Type: recorded application/json; odata.metadata=full, here text/html'],
  'an error that is not JSON, reported by its body': [refused(404, { error: { code: 'A', message: 'm' } }), refused(404, '<p>'), 'body: recorded an object, here no JSON'],
  'a wait': [refused(401, {}, ['Retry-After', '5']), refused(401, {}), 'headers Retry-After: recorded a wait, here absent'],
  'a relative Location': [location(`${tenant}/x/${object.id}`), location(`x/${object.id}`), 'headers Location: recorded …/x/{id}, here relative …/x/{id}'],
  'an id that no URL can hold': [location(`${tenant}/x/1`), { ...location(`${mock}/x/2`), ...withProperties({ id: '\ud800' }) }, 'headers Location: recorded …/x/1, here …/x/2'],
  'a Location that is not a URL': [location(`${tenant}/x/1`), location('http://['), 'headers Location: recorded …/x/1, here not a URL'],
  'a Location that comes twice': [location(`${tenant}/x/1`), withHeaders(['Location', `${mock}/x/1`], ['Location', `${mock}/y/1`]), 'headers Location: recorded …/x/1, here …/x/1 and …/y/1'],
  'an entity that is named without a body': [{ status: 204, headers: [['OData-EntityId', `${tenant}/x/${object.id}`]], body: '' }, { status: 204, headers: [], body: '' }, 'headers OData-EntityId: recorded …/x/{id}, here absent'],
  'a header that is missing': [withHeaders(['OData-Version', '4.0']), {}, 'headers OData-Version: recorded 4.0, here absent'],
  'a Location elsewhere': [location(`https://tenant.invalid/v2/directoryObjects/${object.id}`), location(`${mock}/directoryObjects/${object.id}`), 'headers Location: recorded /v2/directoryObjects/{id}, here …/directoryObjects/{id}'],
  'a scheme of authentication': [refused(401, {}, ['WWW-Authenticate', 'Bearer realm=""']), refused(401, {}, ['WWW-Authenticate', 'Basic']), 'headers WWW-Authenticate: recorded Bearer, here Basic'],
  'an id that is not the one sent': [{ sent: { id: object.id } }, { sent: { id: 'x' } }, 'body id: recorded the id that was sent, here an id'],
  'another instant': [{}, withProperties({ deletedDateTime: '2017-01-01T00:00:34.0507932+03:00' }), 'body deletedDateTime: recorded the instant that was sent, here another instant'],
  'a property of another type': [withProperties({ count: 1 }), withProperties({ count: '1' }), 'body count: recorded a number, here a string'],
  'an array in place of an object, without the parts of either': [withProperties({ x: { a: 1 } }), withProperties({ x: [{ b: 1 }, 2] }), 'body x: recorded an object, here an array'],
  'items of an array, by their kinds together': [withProperties({ x: [{ 'a.b': 1 }, { 'a.b': 'c' }] }), withProperties({ x: [{ 'a.b': 2 }] }), 'body x[].a.b: recorded a number or a string, here a number'],
  'an object that is missing, reported without its parts': [error('A', { innerError: { date: 'x', y: {} } }), error('A'), 'body error.innerError: recorded an object, here absent'],
  'no body': [{ body: '' }, {}, 'body: recorded empty, here an object'],
  'no JSON': [{}, { body: '<p>' }, 'body: recorded an object, here no JSON'],
};

for (const [what, [recorded, replayed, ...lines]] of Object.entries(cases))
  test(`${what}: ${lines.length === 0 ? 'no difference' : 'a difference'}`, () => {
    expect(between(recorded, replayed)).toEqual(lines);
  });

test('what many requests show on both routes is reported once, with three of them by name', () => {
  const named = (name: string, route: 'me' | 'users', status: number) => {
    const base = responded({ status });
    return { ...base, requestCase: { ...base.requestCase, name, route } };
  };
  const pairs = ['a', 'b', 'c', 'd'].flatMap((name) =>
    (['me', 'users'] as const).map((route) => ({
      recorded: named(name, route, 201),
      replayed: named(name, route, 200),
    })),
  );
  expect(linesOf(pairs)).toEqual([
    'status: recorded 201, here 200 · both routes: a, b, c and 1 more',
  ]);
});

test('a throttled response is not compared with, but reported of the other target', () => {
  const busy = responded({ status: 503, headers: [['Retry-After', '1']], body: '' });
  expect(pairsOf([busy], [responded()])).toEqual([]);
  expect(linesOf(pairsOf([responded()], [busy]))).toEqual([
    expect.stringContaining('status: recorded 201, here 503'),
  ]);
});

test('what a mock sends cannot write on the terminal or into the Markdown', () => {
  const hostile = responded(withHeaders(['OData-Version', '\u001b[31m|`<b>\n# x']));
  const found = differences([{ recorded: responded(), replayed: hostile }]);
  const markdown = differencesMarkdown('One difference', found);
  expect(found.map(differenceLine).join()).not.toContain('\u001b');
  expect(markdown).not.toContain('\u001b');
  expect(markdown).not.toMatch(/^# x|<b>/m);
});

test('a body that is nested without end is compared to a depth', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(() => between({ body: deep }, {})).not.toThrow();
});
