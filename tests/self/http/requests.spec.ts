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

test('a request without Content-Type has none on the wire, and is the same otherwise', async () => {
  const without = await seenOf({ ...departing, contentType: undefined });
  const usual = await seenOf({});
  expect(headerOf(without, 'content-type')).toEqual([]);
  expect(headerOf(without, 'authorization')).toEqual([`Bearer ${token}`]);
  expect([without.line, without.body]).toEqual([usual.line, usual.body]);
});

for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT'])
  test(`a ${method} without a body has no Content-Type, and no length but to a PUT`, async () => {
    const bare = { method, contentType: undefined, body: undefined };
    const seen = await seenOf({ ...departing, ...bare });
    expect(seen.line).toBe(`${method} /v1.0/me/registeredDevices/$ref HTTP/1.1`);
    const framing = seen.headers.filter(([name]) => /^(content|transfer)-/.test(name));
    expect(framing).toEqual(method === 'PUT' ? [['content-length', '0']] : []);
    expect(seen.body.length).toBe(0);
  });

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
  '98b7e341-e341-98b7-41e3-b79841e3b798': '98b7e341-e341-98b7-41e3-b79841e3b798',
  'ada_x.com#EXT#@example.org': 'ada_x.com%23EXT%23@example.org',
  "o'hara@example.org": 'o%27hara@example.org',
  'a+b&c=d;e,f@example.org': 'a%2Bb%26c%3Dd%3Be%2Cf@example.org',
  'ıİ設備@example.org': '%C4%B1%C4%B0%E8%A8%AD%E5%82%99@example.org',
  'a(b)c!d*e~f_g-h.i@example.org': 'a(b)c!d*e~f_g-h.i@example.org',
  'a|b^c`d{e}"<>@example.org': 'a%7Cb%5Ec%60d%7Be%7D%22%3C%3E@example.org',
};
for (const [userId, written] of Object.entries(users))
  test(`the user ${userId} stands in the path as ${written}`, () =>
    withServer(
      ending(),
      async (client, { seen }) => {
        const sent = { route: 'users', path: routePath('users', userId) } as const;
        for (const way of Object.values(clients))
          await client.send(exampleRequest({ ...way, ...sent }), 1);
        const line = `POST /v1.0/users/${written}/registeredDevices/$ref HTTP/1.1`;
        expect(seen.map((each) => each.line)).toEqual([line, line]);
        // Decoded once, as a server does it, the user is the one that was meant.
        expect(decodeURIComponent(written)).toBe(userId);
      },
      { userId },
    ));

test('a prefix before the version stays in the path', async () => {
  const server = await rawServer(ending());
  const baseUrl = server.baseUrl.replace('/v1.0', '/api/graph/beta');
  await withClient({ baseUrl }, (client) => client.send(exampleRequest(), 1));
  await server.close();
  expect(server.seen[0]?.line).toBe('POST /api/graph/beta/me/registeredDevices/$ref HTTP/1.1');
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
  const [only] = seen;
  expect(exchange.response?.status).toBe(201);
  expect(only && headerOf(only, 'content-length')).toEqual([]);
  expect(only && headerOf(only, 'transfer-encoding')).toEqual(['chunked']);
  const pieces = documentedExample.body.toString('latin1').match(/.{1,40}/gs) ?? [];
  const framed = pieces.map((each) => `${each.length.toString(16)}\r\n${each}\r\n`).join('');
  expect(only?.body.toString('latin1')).toBe(`${framed}0\r\n\r\n`);
});

/** Sends three over one connection. */
function sendThree(respond: Responder) {
  return withServer(respond, async (client, server) => {
    const exchanges: Exchange[] = [];
    const kept = exampleRequest({ ...departing, form: { connection: 'kept' } });
    for (let n = 1; n <= 3; n++) exchanges.push(await client.send(kept, n));
    const outcomes = exchanges.map(
      ({ response, failure }) => response?.status ?? failure?.code ?? failure?.kind,
    );
    return { exchanges, outcomes, seen: server.seen, connections: server.connections() };
  });
}

test('requests over one connection are sent one after another over one', async () => {
  const { exchanges, outcomes, seen, connections } = await sendThree((socket) =>
    socket.write(httpMessage('{}')),
  );
  expect(exchanges.map(({ isReused }) => isReused)).toEqual([undefined, true, true]);
  expect([outcomes, connections]).toEqual([[201, 201, 201], 1]);
  expect(seen.flatMap((each) => headerOf(each, 'connection'))).toEqual(
    Array.from({ length: 3 }, () => 'keep-alive'),
  );
});

test('a connection that the target closes is opened anew', async () => {
  const { outcomes, connections } = await sendThree((socket) =>
    socket.end(httpMessage('{}', { headers: ['Connection: close'] })),
  );
  expect([outcomes, connections]).toEqual([[201, 201, 201], 3]);
});

test('a request on a connection that the target had closed is not sent again, and says so', async () => {
  const { outcomes, seen } = await sendThree((socket, _, n) => {
    if (n === 2) socket.destroy();
    else socket.write(httpMessage('{}'));
  });
  expect([outcomes, seen.length]).toEqual([[201, 'KEPT_CONNECTION_CLOSED', 201], 3]);
});

test('a second response that nobody asked for is seen', async () => {
  const { exchanges } = await sendThree((socket, _, n) => {
    const own = httpMessage(`{"n":${n}}`);
    socket.write(n === 1 ? Buffer.concat([own, httpMessage('{"n":"stray"}')]) : own);
  });
  const [first] = exchanges;
  const stray =
    first?.response?.wireBytes !== first?.response?.body.length ||
    exchanges.some(({ response }) => response?.body.toString().includes('stray'));
  expect(stray).toBe(true);
});

test('every documented request is sent once, with a client-request-id of its own', () => {
  const userId = 'ada_x.com#EXT#@example.org';
  const requests = documentedRequests({ routes: ['me', 'users'], userId, seed: 1, samples: 3 });
  return withServer(
    ending(),
    async (client, server) => {
      let [n, reused] = [0, 0];
      for (const each of requests) {
        const { requestCase, isReused } = await client.send(each, ++n);
        if (isReused) reused++;
        expect(requestCase.number).toBe(n);
      }
      expect(n).toBeGreaterThan(10);
      expect([server.seen.length, server.connections()]).toEqual([n, n - reused]);
      const ids = server.seen.flatMap((seen) => headerOf(seen, 'client-request-id'));
      expect(new Set(ids).size).toBe(n);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
    },
    { userId },
  );
});
