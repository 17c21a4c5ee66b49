import { expect, test } from '@playwright/test';
import type { Exchange, Header, Response } from '../../../schemas/files/recording.ts';
import { differencesOf, pairsOf } from '../../replay/diff.ts';
import { differenceLine, differencesMarkdown } from '../../replay/diff-report.ts';
import { exchange } from '../support/recorded.ts';

const json: Header = ['Content-Type', 'application/json'];
const sentDate = '2017-01-01T00:00:34.0507931+03:00';
const roots = { recorded: 'https://tenant.invalid/v1.0', replayed: 'http://127.0.0.1:1/v1.0' };
const object = {
  '@odata.type': '#microsoft.graph.directoryObject',
  id: '98b7e341-e341-98b7-41e3-b79841e3b798',
  deletedDateTime: sentDate,
};

interface Told {
  readonly status?: number;
  readonly headers?: readonly Header[];
  readonly body?: unknown;
  readonly sent?: object;
  readonly traced?: string;
}

/** An exchange that was answered so; `sent`: the body of the request, `traced`: its client-request-id. */
function told({ status = 201, headers = [json], body = object, sent = {}, traced = '' }: Told) {
  const answer: Partial<Response> = {
    status,
    headers,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
  const base = exchange(answer);
  return {
    ...base,
    requestCase: { ...base.requestCase, deletedDateTime: sentDate },
    request: {
      ...base.request,
      headers: [['client-request-id', traced] as const],
      body: Buffer.from(JSON.stringify(sent)),
    },
  };
}

/** What differs, a line each, without the calls. */
function between(recorded: Exchange, replayed: Exchange): string[] {
  return differencesOf([{ recorded, replayed }], roots).map(
    (each) => differenceLine(each).split(' · ')[0] ?? '',
  );
}

const same: Record<string, [Told, Told]> = {
  'another id and another host': [
    {
      headers: [json, ['Location', `https://tenant.invalid/v1.0/directoryObjects/${object.id}`]],
    },
    {
      headers: [json, ['location', 'http://127.0.0.1:1/v1.0/directoryObjects/opaque-7']],
      body: { ...object, id: 'opaque-7' },
    },
  ],
  'the same instant in another spelling': [
    {},
    { body: { ...object, deletedDateTime: '2016-12-31T21:00:34.0507931Z' } },
  ],
  'the id that each was sent': [
    { sent: { id: object.id } },
    { sent: { id: 'x' }, body: { ...object, id: 'x' } },
  ],
  'the client-request-id that each was sent': [
    { traced: 'a', headers: [json, ['client-request-id', 'a']] },
    { traced: 'b', headers: [json, ['client-request-id', 'b']] },
  ],
  'parameters of the media type and the case of header names': [
    { headers: [['content-type', 'application/json;odata.metadata=minimal']] },
    { headers: [['CONTENT-TYPE', 'Application/JSON; charset=utf-8']] },
  ],
  'headers that no client reads': [{}, { headers: [json, ['X-Powered-By', 'a mock']] }],
  'the words of a message and the time of an error': [
    { status: 400, body: { error: { code: 'A', message: 'No.', date: '2026-11-24T01:00:00' } } },
    { status: 400, body: { error: { code: 'A', message: 'Oh!', date: '2026-11-25T02:02:02' } } },
  ],
  'a list of methods on one line or on two': [
    {
      status: 405,
      headers: [json, ['Allow', 'POST'], ['Allow', 'GET']],
      body: {},
    },
    { status: 405, headers: [json, ['Allow', 'GET, POST']], body: {} },
  ],
  'another order of properties and methods': [
    { status: 405, headers: [json, ['Allow', 'POST,GET']], body: { a: 1, b: 2 } },
    { status: 405, headers: [json, ['Allow', 'GET, POST']], body: { b: 1, a: 3 } },
  ],
  'a context at another root': [
    { body: { ...object, '@odata.context': 'https://tenant.invalid/v1.0/$metadata#x/$entity' } },
    { body: { ...object, '@odata.context': 'http://127.0.0.1:1/v1.0/$metadata#x/$entity' } },
  ],
};

for (const [what, [recorded, replayed]] of Object.entries(same))
  test(`${what}: no difference`, () => {
    expect(between(told(recorded), told(replayed))).toEqual([]);
  });

const different: Record<string, [Told, Told, string[]]> = {
  'another status, and only its code beside it': [
    { status: 400, body: { error: { code: 'A', message: 'm' } } },
    { status: 403, headers: [], body: { error: { code: 'B', message: 'm', more: 1 } } },
    ['status: recorded 400, here 403', 'error code: recorded "A", here "B"'],
  ],
  'another media type': [
    {},
    { headers: [['Content-Type', 'text/json']] },
    ['media type: recorded application/json, here text/json'],
  ],
  'another code': [
    { status: 400, body: { error: { code: 'A', message: 'm' } } },
    { status: 400, body: { error: { code: 'B', message: 'm' } } },
    ['error code: recorded "A", here "B"'],
  ],
  'a more specific code below the same one': [
    { status: 400, body: { error: { code: 'A', message: 'm', innererror: { code: 'B' } } } },
    { status: 400, body: { error: { code: 'A', message: 'm', innererror: { code: 'C' } } } },
    ['error code innererror.code: recorded "B", here "C"'],
  ],
  'the codes of details': [
    { status: 400, body: { error: { code: 'A', details: [{ code: 'B' }, { code: 'C' }] } } },
    { status: 400, body: { error: { code: 'A', details: [{ code: 'B' }] } } },
    ['error code details.code: recorded "B" or "C", here "B"'],
  ],
  'a more specific code that is missing, told once': [
    { status: 400, body: { error: { code: 'A', innererror: { code: 'B' } } } },
    { status: 400, body: { error: { code: 'A', innererror: {} } } },
    ['body error.innererror.code: recorded a string, here absent'],
  ],
  'another charset': [
    {},
    { headers: [['Content-Type', 'application/json; charset=utf-16']] },
    ['media type: recorded application/json, here application/json; charset=utf-16'],
  ],
  'a second media type': [
    {},
    { headers: [json, ['Content-Type', 'text/html']] },
    ['media type: recorded application/json, here application/json and text/html'],
  ],
  'another amount of metadata': [
    {},
    { headers: [['Content-Type', 'application/json;odata.metadata=full']] },
    ['media type metadata: recorded minimal, here full'],
  ],
  'another media type with its own parameters, told once': [
    { headers: [['Content-Type', 'application/json;odata.metadata=full']] },
    { headers: [['Content-Type', 'text/html']] },
    ['media type: recorded application/json, here text/html'],
  ],
  'an error that is no JSON, told by its body': [
    { status: 404, body: { error: { code: 'A', message: 'm' } } },
    { status: 404, body: '<p>' },
    ['body: recorded an object, here no JSON'],
  ],
  'a wait': [
    { status: 401, headers: [json, ['Retry-After', '5']], body: {} },
    { status: 401, body: {} },
    ['headers Retry-After: recorded a wait, here absent'],
  ],
  'a relative Location': [
    { headers: [json, ['Location', `https://tenant.invalid/v1.0/x/${object.id}`]] },
    { headers: [json, ['Location', `x/${object.id}`]] },
    ['headers Location: recorded …/x/{id}, here relative …/x/{id}'],
  ],
  'a Location that is no URL': [
    { headers: [json, ['Location', 'https://tenant.invalid/v1.0/x/1']] },
    { headers: [json, ['Location', 'http://[']] },
    ['headers Location: recorded …/x/1, here no URL'],
  ],
  'a Location that comes twice': [
    { headers: [json, ['Location', 'https://tenant.invalid/v1.0/x/1']] },
    {
      headers: [
        json,
        ['Location', 'http://127.0.0.1:1/v1.0/x/1'],
        ['Location', 'http://127.0.0.1:1/v1.0/y/1'],
      ],
    },
    ['headers Location: recorded …/x/1, here …/x/1 and …/y/1'],
  ],
  'an entity that is named without a body': [
    {
      status: 204,
      headers: [['OData-EntityId', `https://tenant.invalid/v1.0/x/${object.id}`]],
      body: '',
    },
    { status: 204, headers: [], body: '' },
    ['headers OData-EntityId: recorded …/x/{id}, here absent'],
  ],
  'a header that is missing': [
    { headers: [json, ['OData-Version', '4.0']] },
    {},
    ['headers OData-Version: recorded 4.0, here absent'],
  ],
  'a Location elsewhere': [
    { headers: [json, ['Location', `https://tenant.invalid/v2/directoryObjects/${object.id}`]] },
    { headers: [json, ['Location', `http://127.0.0.1:1/v1.0/directoryObjects/${object.id}`]] },
    ['headers Location: recorded /v2/directoryObjects/{id}, here …/directoryObjects/{id}'],
  ],
  'a scheme of authentication': [
    { status: 401, headers: [json, ['WWW-Authenticate', 'Bearer realm=""']], body: {} },
    { status: 401, headers: [json, ['WWW-Authenticate', 'Basic']], body: {} },
    ['headers WWW-Authenticate: recorded Bearer, here Basic'],
  ],
  'an id that is not the one sent': [
    { sent: { id: object.id } },
    { sent: { id: 'x' } },
    ['body id: recorded the id that was sent, here an id'],
  ],
  'another instant': [
    {},
    { body: { ...object, deletedDateTime: '2017-01-01T00:00:34.0507932+03:00' } },
    ['body deletedDateTime: recorded the instant that was sent, here another instant'],
  ],
  'a property of another type': [
    { body: { ...object, count: 1 } },
    { body: { ...object, count: '1' } },
    ['body count: recorded a number, here a string'],
  ],
  'an object that is missing, told without its parts': [
    { status: 400, body: { error: { code: 'A', message: 'm', innerError: { date: 'x', y: {} } } } },
    { status: 400, body: { error: { code: 'A', message: 'm' } } },
    ['body error.innerError: recorded an object, here absent'],
  ],
  'no body': [{ body: '' }, {}, ['body: recorded empty, here an object']],
  'no JSON': [{}, { body: '<p>' }, ['body: recorded an object, here no JSON']],
};

for (const [what, [recorded, replayed, lines]] of Object.entries(different))
  test(`${what}: a difference`, () => {
    expect(between(told(recorded), told(replayed))).toEqual(lines);
  });

test('what many calls show on both routes is told once, with three of them by name', () => {
  const named = (name: string, route: 'me' | 'users', status: number) => {
    const base = told({ status });
    return { ...base, requestCase: { ...base.requestCase, name, route } };
  };
  const pairs = ['a', 'b', 'c', 'd'].flatMap((name) =>
    (['me', 'users'] as const).map((route) => ({
      recorded: named(name, route, 201),
      replayed: named(name, route, 200),
    })),
  );
  expect(differencesOf(pairs, roots).map(differenceLine)).toEqual([
    'status: recorded 201, here 200 · both routes: a, b, c and 1 more',
  ]);
});

test('ids that repeat are told apart from ids of their own', () => {
  const pair = (mine: string) => ({
    recorded: told({ body: { ...object, id: mine } }),
    replayed: told({}),
  });
  expect(differencesOf([pair('1'), pair('2'), pair('3')], roots).map(differenceLine)).toEqual([
    expect.stringContaining('body id: recorded an id, here the id of an earlier create'),
  ]);
  expect(differencesOf([pair('1')], roots)).toEqual([]);
});

test('a wait is no answer to compare with, but one to find at the other target', () => {
  const busy = told({ status: 503, headers: [['Retry-After', '1']], body: '' });
  const pairs = (recorded: Exchange, replayed: Exchange) =>
    pairsOf({ exchanges: [recorded] }, { exchanges: [replayed] });
  expect(pairs(busy, told({}))).toEqual([]);
  expect(differencesOf(pairs(told({}), busy), roots).map(differenceLine)).toEqual([
    expect.stringContaining('status: recorded 201, here 503'),
  ]);
});

test('what a mock sends cannot write on the terminal or into the Markdown', () => {
  const hostile = told({ headers: [json, ['OData-Version', '\u001b[31m|`<b>\n# x']] });
  const found = differencesOf([{ recorded: told({}), replayed: hostile }], roots);
  const markdown = differencesMarkdown('One difference', found);
  expect(found.map(differenceLine).join()).not.toContain('\u001b');
  expect(markdown).not.toContain('\u001b');
  expect(markdown).not.toMatch(/^# x|<b>/m);
});

test('a body that is nested without end is compared to a depth', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(() => between(told({ body: deep }), told({}))).not.toThrow();
});
