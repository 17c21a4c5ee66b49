import { expect, test } from '@playwright/test';
import { documentedExample } from '../../../fixtures/requests/bodies.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import type {
  Credential,
  Exchange,
  RequestCase,
  WireForm,
} from '../../../schemas/files/recording.ts';
import {
  clients,
  ending,
  exampleRequest,
  headerOf,
  httpMessage,
  type Responder,
  rawServer,
  type Seen,
  sendTo,
  token,
  withClient,
  withServer,
} from '../support/raw-server.ts';

/** What a request looks like on the wire; what is recorded as sent is what was sent. */
async function seenOf(override: Partial<RequestCase>): Promise<Seen> {
  const { exchange, seen } = await sendTo(ending(), override);
  const [only] = seen;
  if (only === undefined || seen.length > 1) throw new Error(`${seen.length} requests came`);
  expect(exchange.response?.status).toBe(201);
  const { request } = exchange;
  expect(`${request.method} ${new URL(request.url).pathname} HTTP/1.1`).toBe(only.line);
  for (const [name, value] of request.headers)
    expect(headerOf(only, name.toLowerCase())).toContain(value.trim());
  expect(only.body.equals(request.body)).toBe(true);
  return only;
}

const departing = clients['by our own sender'];

for (const [by, override] of Object.entries(clients))
  test(`the documented example is on the wire as the page writes it, ${by}`, async () => {
    const seen = await seenOf(override);
    expect(seen.line).toBe('POST /v1.0/me/registeredDevices/$ref HTTP/1.1');
    expect(headerOf(seen, 'content-type')).toEqual(['application/json']);
    expect(headerOf(seen, 'content-length')).toEqual(['116']);
    expect(headerOf(seen, 'authorization')).toEqual([`Bearer ${token}`]);
    expect(headerOf(seen, 'host').length).toBe(1);
    expect(headerOf(seen, 'accept-encoding')).toEqual(['gzip, deflate, br']);
    expect(seen.body.equals(documentedExample.body)).toBe(true);
  });

for (const method of ['POST', 'GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT'])
  test(`a ${method} without a body has no Content-Type, and no length but to a POST and a PUT`, async () => {
    const seen = await seenOf({ ...departing, method, contentType: undefined, body: undefined });
    expect(seen.line).toBe(`${method} /v1.0/me/registeredDevices/$ref HTTP/1.1`);
    expect(headerOf(seen, 'authorization')).toEqual([`Bearer ${token}`]);
    const framing = seen.headers.filter(([name]) => /^(content|transfer)-/.test(name));
    expect(framing).toEqual(/^P/.test(method) ? [['content-length', '0']] : []);
    expect(seen.body.length).toBe(0);
  });

// biome-ignore format: a row a line
const bodies: Readonly<Record<string, Buffer>> = {
  'malformed JSON': Buffer.from('{"@odata.type": "x",,\r\n\t'),
  'a JSON text with white space and escapes': Buffer.from(' {"a" : "\\u0041\\/" }\r\n '),
  'a text that is a JSON string': Buffer.from('"{}"'),
  'bytes that are not UTF-8': Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80, 0x7d]),
  'a byte order mark': Buffer.from('\ufeff{}'),
  'no byte at all': Buffer.alloc(0),
};
for (const [by, override] of Object.entries(clients))
  for (const [name, body] of Object.entries(bodies))
    test(`${name} is not changed on its way, ${by}`, async () => {
      const seen = await seenOf({ ...override, body });
      expect(seen.body.equals(body)).toBe(true);
      expect(headerOf(seen, 'content-length')).toEqual([String(body.length)]);
    });

const right = 'canary\\.Zx9-QmVhcmVy_7f3e1d5b9a~42';
/** Every Authorization line that a credential stands for. */
// biome-ignore format: a row a line
const credentials: Readonly<Record<Credential, readonly string[]>> = {
  token: [`Bearer ${right}`],
  none: [],
  wrong: ['Bearer (?!canary)\\S+'],
  altered: ['Bearer canary\\.Zx9-QmVhcmVy_7f3e1d5b9a~4[^2]'],
  'other-scheme': [`Basic ${right}`],
  personal: ['Bearer ?'],
  'scheme-alone': ['Bearer'],
  'empty-token': ['Bearer ?'],
  'no-scheme': [right],
  'altered-start': ['Bearer Canary\\.Zx9-QmVhcmVy_7f3e1d5b9a~42'],
  'altered-middle': ['Bearer canary\\.Zx9-QmVhc[^m]Vy_7f3e1d5b9a~42'],
  'altered-end': ['Bearer canary\\.Zx9-QmVhcmVy_7f3e1d5b9a~[^4]2'],
  cut: ['Bearer canary\\.Zx9-QmVhcmVy_7f3e1d5b9a~4'],
  prolonged: [`Bearer ${right}.`],
  twice: [`Bearer ${right}, Bearer ${right}`],
  'two-headers': ['Bearer (?!canary)\\S+', `Bearer ${right}`],
};
for (const [credential, patterns] of Object.entries(credentials))
  test(`the credential ${credential} stands on ${patterns.length} lines`, async () => {
    const seen = await seenOf({ ...departing, credential: credential as Credential });
    const values = headerOf(seen, 'authorization');
    expect(values).toHaveLength(patterns.length);
    for (const [i, value] of values.entries())
      expect(value).toMatch(new RegExp(`^${patterns[i]}$`));
  });

// biome-ignore format: a row a line
const users: Readonly<Record<string, string>> = {
  'ada_x.com#EXT#@example.org': 'ada_x.com%23EXT%23@example.org',
  "o'hara+b&c=d;e,f@example.org": 'o%27hara%2Bb%26c%3Dd%3Be%2Cf@example.org',
  'a(b)c!d*e~f_g-h.i|b^c`d{e}"<>@設備.example': 'a(b)c!d*e~f_g-h.i%7Cb%5Ec%60d%7Be%7D%22%3C%3E@%E8%A8%AD%E5%82%99.example',
};
for (const [userId, written] of Object.entries(users))
  test(`the user ${userId} stands in the path as ${written}, behind a prefix too`, async () => {
    const server = await rawServer(ending());
    const baseUrl = server.baseUrl.replace('/v1.0', '/api/beta');
    const sent = { route: 'users', path: routePath('users', userId) } as const;
    await withClient({ baseUrl, userId }, async (client) => {
      for (const way of Object.values(clients))
        await client.send(exampleRequest({ ...way, ...sent }), 1);
    });
    await server.close();
    const line = `POST /api/beta/users/${written}/registeredDevices/$ref HTTP/1.1`;
    expect(server.seen.map((each) => each.line)).toEqual([line, line]);
  });

test('forms are on the wire as they are named', async () => {
  const sent = (form: WireForm) => seenOf({ ...departing, form });
  expect(headerOf(await sent({ accept: null }), 'accept')).toEqual([]);
  expect(headerOf(await sent({ accept: 'text/plain;q=0.5' }), 'accept')).toEqual([
    'text/plain;q=0.5',
  ]);
  expect(headerOf(await sent({ scheme: 'bearer' }), 'authorization')).toEqual([`bearer ${token}`]);
  const [id = ''] = headerOf(await sent({ requestId: 'upper case' }), 'client-request-id');
  expect(id).toMatch(/^[0-9A-F-]{36}$/);
  const { raw } = await sent({ headerNames: 'lower case' });
  expect(raw).toMatch(/\r\nauthorization: .*\r\ncontent-type: /s);
  expect(raw).not.toContain('Authorization');
});

test('a chunked body comes in several pieces, without a length, and is the same', async () => {
  const { exchange, seen } = await sendTo(ending(), { ...departing, form: { body: 'chunked' } });
  const pieces = documentedExample.body.toString('latin1').match(/.{1,40}/gs) ?? [];
  const framed = pieces.map((each) => `${each.length.toString(16)}\r\n${each}\r\n`).join('');
  expect(exchange.response?.status).toBe(201);
  expect(seen[0]?.body.toString('latin1')).toBe(`${framed}0\r\n\r\n`);
  expect(seen[0]?.raw).toContain('Transfer-Encoding: chunked\r\n');
  expect(seen[0]?.raw).not.toContain('Content-Length');
});

const closes = httpMessage('{}', { headers: ['Connection: close'] });
const own = (n: number) => httpMessage(`{"n":${n}}`);
// biome-ignore format: a row a line
const kept: readonly (readonly [target: string, respond: Responder, outcomes: readonly unknown[], connections: unknown])[] = [
  ['keeps it', (socket) => socket.write(httpMessage('{}')), [201, 201, 201], 1],
  ['closes it each time', (socket) => socket.end(closes), [201, 201, 201], 3],
  ['closes it under way', (socket, _, n) => n === 2 ? socket.destroy() : socket.write(httpMessage('{}')), [201, 'KEPT_CONNECTION_CLOSED', 201], 2],
  ['sends a response that nobody asked for', (socket, _, n) => socket.write(n === 1 ? Buffer.concat([own(1), own(9)]) : own(n)), [201, expect.anything(), 201], expect.any(Number)],
];
for (const [target, respond, outcomes, connections] of kept)
  test(`three requests go over one connection, where the target ${target}`, () =>
    withServer(respond, async (client, server) => {
      const exchanges: Exchange[] = [];
      const request = exampleRequest({ ...departing, form: { connection: 'kept' } });
      for (let n = 1; n <= 3; n++) exchanges.push(await client.send(request, n));
      expect(exchanges.map(({ response, failure }) => response?.status ?? failure?.code)).toEqual(
        outcomes,
      );
      expect([server.connections(), server.seen.length]).toEqual([connections, 3]);
      if (connections === 1) expect(exchanges[2]?.isReused).toBe(true);
      const hasStray = exchanges.some(
        ({ response }) =>
          (response && response.wireBytes !== response.body.length) || response?.body.includes('9'),
      );
      expect(hasStray).toBe(target.startsWith('sends'));
    }));

test('every documented request is sent once, with a client-request-id of its own', () => {
  const userId = 'ada_x.com#EXT#@example.org';
  const requests = documentedRequests({ routes: ['me', 'users'], userId, seed: 1, samples: 3 });
  return withServer(
    ending(),
    async (client, { seen }) => {
      for (const [i, each] of requests.entries()) await client.send(each, i + 1);
      expect(seen.length).toBe(requests.length);
      const ids = seen.flatMap((each) => headerOf(each, 'client-request-id'));
      expect(new Set(ids).size).toBe(requests.length);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
    },
    { userId },
  );
});
