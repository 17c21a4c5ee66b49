import { expect, test } from '@playwright/test';
import { documentedExample } from '../../../fixtures/requests/bodies.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import type { Credential, RequestCase, WireForm } from '../../../schemas/files/recording.ts';
import {
  clients,
  ending,
  exampleRequest,
  headerOf,
  httpMessage,
  type Responder,
  type Seen,
  sendTo,
  token,
  withServer,
} from '../support/raw-server.ts';
import credentials from './credentials.json' with { type: 'json' };

/** What a request looks like on the wire; what is recorded as sent is what was sent. */
async function seenOf(override: Partial<RequestCase>): Promise<Seen> {
  const { response, request, seen } = await sendTo(undefined, override);
  const [only] = seen;
  if (only === undefined || seen.length > 1) throw new Error(`${seen.length} requests came`);
  expect(response?.status).toBe(201);
  expect(`${request.method} ${new URL(request.url).pathname} HTTP/1.1`).toBe(only.line);
  for (const [name, value] of request.headers)
    expect(headerOf(only, name.toLowerCase())).toContain(value.trim());
  if (override.form?.body === undefined) expect(only.body).toEqual(request.body);
  return only;
}

const own = { kind: 'equivalent' } as const;

for (const [by, override] of Object.entries(clients))
  test(`the documented example is on the wire as the page writes it, ${by}`, async () => {
    const seen = await seenOf(override);
    expect(seen.line).toBe('POST /v1.0/me/registeredDevices/$ref HTTP/1.1');
    expect(seen.body).toEqual(documentedExample.body);
    const sent = [
      ['content-type', 'application/json'],
      ['content-length', '116'],
      ['authorization', `Bearer ${token}`],
      ['accept-encoding', 'gzip, deflate, br'],
    ];
    for (const [name = '', value] of sent) expect(headerOf(seen, name)).toEqual([value]);
    expect(headerOf(seen, 'host').length).toBe(1);
  });

test('a request without a body has no Content-Type, and no length but to a POST and a PUT', async () => {
  for (const method of ['POST', 'PUT', 'GET', 'HEAD', 'OPTIONS', 'DELETE']) {
    const seen = await seenOf({ ...own, method, contentType: undefined, body: undefined });
    expect(seen.line).toBe(`${method} /v1.0/me/registeredDevices/$ref HTTP/1.1`);
    const framing = seen.headers.filter(([name]) => /^(content|transfer)-/.test(name));
    expect(framing).toEqual(/^P/.test(method) ? [['content-length', '0']] : []);
  }
});

// biome-ignore format: a row a line
const bodies = [
  Buffer.from('{"@odata.type": "x",,\r\n\t'),
  Buffer.from(' {"a" : "\\u0041\\/" }\r\n '),
  Buffer.from('"{}"'),
  Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80, 0x7d]),
  Buffer.from('\ufeff{}'),
  Buffer.alloc(0),
];
for (const [by, override] of Object.entries(clients))
  test(`no body is changed on its way, ${by}`, async () => {
    for (const body of bodies) {
      const seen = await seenOf({ ...override, body });
      expect(headerOf(seen, 'content-length')).toEqual([String(body.length)]);
    }
  });

/** Every Authorization line that a credential stands for. */
const lines: Readonly<Record<Credential, readonly string[]>> = credentials;
test('a credential stands on its lines of Authorization', async () => {
  for (const [credential, patterns] of Object.entries(lines)) {
    const seen = await seenOf({ ...own, credential: credential as Credential });
    const values = headerOf(seen, 'authorization');
    expect(values, credential).toHaveLength(patterns.length);
    for (const [i, value] of values.entries())
      expect(value, credential).toMatch(new RegExp(`^${patterns[i]}$`));
  }
});

test('a user stands in the path percent-encoded where it must be, and not otherwise', () => {
  const userId = 'a(b)c!d*e~f_g-h.i|b^c`d{e}"<>@設備.example#EXT#\'+&=;,';
  const line =
    'POST /v1.0/users/a(b)c!d*e~f_g-h.i%7Cb%5Ec%60d%7Be%7D%22%3C%3E@%E8%A8%AD%E5%82%99.example%23EXT%23%27%2B%26%3D%3B%2C/registeredDevices/$ref HTTP/1.1';
  return withServer(
    ending(),
    async (client, { seen }) => {
      const sent = { route: 'users', path: routePath('users', userId) } as const;
      for (const way of Object.values(clients))
        await client.send(exampleRequest({ ...way, ...sent }), 1);
      expect(seen.map((each) => each.line)).toEqual([line, line]);
    },
    { userId },
  );
});

test('forms are on the wire as they are named', async () => {
  const sent = (form: WireForm) => seenOf({ ...own, form });
  expect(headerOf(await sent({ accept: null }), 'accept')).toEqual([]);
  const accept = 'text/plain;q=0.5';
  expect(headerOf(await sent({ accept }), 'accept')).toEqual([accept]);
  expect(headerOf(await sent({ scheme: 'bearer' }), 'authorization')).toEqual([`bearer ${token}`]);
  const [id = ''] = headerOf(await sent({ requestId: 'upper case' }), 'client-request-id');
  expect(id).toMatch(/^[0-9A-F-]{36}$/);
  const { raw } = await sent({ headerNames: 'lower case' });
  expect(raw).toMatch(/\r\nauthorization: .*\r\ncontent-type: /s);
  expect(raw).not.toContain('Authorization');
  const chunked = await sent({ body: 'chunked' });
  const pieces = documentedExample.body.toString('latin1').match(/.{1,40}/gs) ?? [];
  const framed = pieces.map((each) => `${each.length.toString(16)}\r\n${each}\r\n`).join('');
  expect(chunked.body.toString('latin1')).toBe(`${framed}0\r\n\r\n`);
  expect(headerOf(chunked, 'content-length')).toEqual([]);
});

const closes = httpMessage('{}', { headers: ['Connection: close'] });
const nth = (n: number) => httpMessage(`{"n":${n}}`);
// biome-ignore format: a row a line
const kept: readonly (readonly [target: string, respond: Responder, outcomes: readonly unknown[], connections: unknown, isReused: readonly unknown[]])[] = [
  ['keeps it', (socket, _, n) => socket.write(nth(n)), [201, 201, 201], 1, [undefined, true, true]],
  ['closes it each time', (socket) => socket.end(closes), [201, 201, 201], 3, [undefined, undefined, undefined]],
  ['closes it under way', (socket, _, n) => n === 2 ? socket.destroy() : socket.write(nth(n)), [201, 'dropped', 201], 2, [undefined, true, undefined]],
  ['sends a response that nobody asked for', (socket, _, n) => socket.write(n === 1 ? Buffer.concat([nth(1), nth(9)]) : nth(n)), [201, expect.anything(), 201], expect.any(Number), [undefined, expect.anything(), expect.anything()]],
];
for (const [target, respond, outcomes, connections, isReused] of kept)
  test(`three requests go over one connection, where the target ${target}`, () =>
    withServer(respond, async (client, server) => {
      const exchanges = [];
      const request = exampleRequest({ ...own, form: { connection: 'kept' } });
      for (let n = 1; n <= 3; n++) exchanges.push(await client.send(request, n));
      const found = exchanges.map(({ response, failure }) => response?.status ?? failure?.kind);
      expect(found).toEqual(outcomes);
      expect([server.connections(), server.seen.length]).toEqual([connections, 3]);
      if (!target.startsWith('sends'))
        return expect(exchanges.map((each) => each.isReused)).toEqual(isReused);
      const stray = exchanges.filter(
        ({ response }) => response?.wireBytes !== 7 || response.body.includes('9'),
      );
      expect(stray.length).toBeGreaterThan(0);
    }));
