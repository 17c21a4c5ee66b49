import { expect, test } from '@playwright/test';
import { documentedExample } from '../../../fixtures/requests/bodies.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import type { Credential, RequestCase } from '../../../schemas/files/recording.ts';
import {
  clients,
  ending,
  exampleRequest,
  headerOf,
  rawServer,
  type Seen,
  sendTo,
  token,
  withClient,
  withServer,
} from '../support/raw-server.ts';

/** What a request looks like on the wire. */
async function seenOf(override: Partial<RequestCase>): Promise<Seen> {
  const { seen } = await sendTo(ending(), override);
  const [only] = seen;
  if (only === undefined || seen.length > 1) throw new Error(`${seen.length} requests came`);
  return only;
}

test('the documented example is on the wire as the page writes it', async () => {
  const seen = await seenOf({});
  expect(seen.line).toBe('POST /v1.0/me/registeredDevices/$ref HTTP/1.1');
  expect(headerOf(seen, 'content-type')).toEqual(['application/json']);
  expect(headerOf(seen, 'content-length')).toEqual(['116']);
  expect(headerOf(seen, 'authorization')).toEqual([`Bearer ${token}`]);
  expect(headerOf(seen, 'host').length).toBe(1);
  expect(seen.body.equals(documentedExample.body)).toBe(true);
});

test('a request without Content-Type has none on the wire, and is the same otherwise', async () => {
  const [without, usual] = [await seenOf({ contentType: undefined }), await seenOf({})];
  expect(headerOf(without, 'content-type')).toEqual([]);
  expect(headerOf(without, 'authorization')).toEqual([`Bearer ${token}`]);
  expect(without.line).toBe(usual.line);
  expect(without.body.equals(usual.body)).toBe(true);
});

test('a GET has neither body nor Content-Type nor Content-Length', async () => {
  const seen = await seenOf({ method: 'GET', contentType: undefined, body: undefined });
  expect(seen.line).toBe('GET /v1.0/me/registeredDevices/$ref HTTP/1.1');
  expect(seen.headers.filter(([name]) => /^(content|transfer)-/.test(name))).toEqual([]);
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
/** Every Authorization line that a credential stands for. */
const credentials: Readonly<Record<Credential, readonly RegExp[]>> = {
  token: [/^Bearer canary\.Zx9-QmVhcmVy_7f3e1d5b9a~42$/],
  none: [],
  wrong: [/^Bearer (?!canary)\S+$/],
  altered: [/^Bearer canary\.\S+$/],
  'other-scheme': [/^Basic canary\.Zx9-QmVhcmVy_7f3e1d5b9a~42$/],
  personal: [/^Bearer ?(?!canary)/],
  'scheme-alone': [/^Bearer$/],
  'empty-token': [/^Bearer ?$/],
  'no-scheme': [/^canary\.Zx9-QmVhcmVy_7f3e1d5b9a~42$/],
  'altered-start': [/^Bearer Canary\.Zx9-QmVhcmVy_7f3e1d5b9a~42$/],
  'altered-middle': [/^Bearer canary\.Zx9-QmVhc[^m]Vy_7f3e1d5b9a~42$/],
  'altered-end': [/^Bearer canary\.Zx9-QmVhcmVy_7f3e1d5b9a~[^4]2$/],
  cut: [/^Bearer canary\.Zx9-QmVhcmVy_7f3e1d5b9a~4$/],
  prolonged: [/^Bearer canary\.Zx9-QmVhcmVy_7f3e1d5b9a~42.$/],
  twice: [/^Bearer (canary\.Zx9-QmVhcmVy_7f3e1d5b9a~42), Bearer \1$/],
  'two-headers': [/^Bearer (?!canary)\S+$/, /^Bearer canary\.Zx9-QmVhcmVy_7f3e1d5b9a~42$/],
};

for (const [by, override] of Object.entries(clients)) {
  for (const [name, body] of Object.entries(bodies))
    test(`${name} is not changed on its way, ${by}`, async () => {
      const seen = await seenOf({ body, ...override });
      expect(seen.body.equals(body)).toBe(true);
      expect(headerOf(seen, 'content-length')).toEqual([String(body.length)]);
    });

  for (const [credential, patterns] of Object.entries(credentials) as [
    Credential,
    readonly RegExp[],
  ][])
    test(`the credential ${credential} stands on ${patterns.length} lines, ${by}`, async () => {
      const seen = await seenOf({ credential, ...override });
      const values = headerOf(seen, 'authorization');
      expect(values).toHaveLength(patterns.length);
      for (const [i, pattern] of patterns.entries()) expect(values[i]).toMatch(pattern);
      expect(seen.body.equals(documentedExample.body)).toBe(true);
    });

  test(`the altered token differs from the token in one character, ${by}`, async () => {
    const seen = await seenOf({ credential: 'altered', ...override });
    const [value = ''] = headerOf(seen, 'authorization');
    const sent = [...value.slice('Bearer '.length)];
    expect(sent.length).toBe(token.length);
    expect(sent.filter((letter, i) => letter !== token[i]).length).toBe(1);
  });
}

const users: Readonly<Record<string, string>> = {
  '98b7e341-e341-98b7-41e3-b79841e3b798': '98b7e341-e341-98b7-41e3-b79841e3b798',
  'ada@example.org': 'ada@example.org',
  'ada_x.com#EXT#@example.org': 'ada_x.com%23EXT%23@example.org',
  "o'hara@example.org": 'o%27hara@example.org',
  'a+b&c=d;e,f@example.org': 'a%2Bb%26c%3Dd%3Be%2Cf@example.org',
  'müller@example.org': 'm%C3%BCller@example.org',
  'ıİ設備@example.org': '%C4%B1%C4%B0%E8%A8%AD%E5%82%99@example.org',
  'a(b)c!d*e~f_g-h.i@example.org': 'a(b)c!d*e~f_g-h.i@example.org',
  'a|b^c`d{e}"<>@example.org': 'a%7Cb%5Ec%60d%7Be%7D%22%3C%3E@example.org',
};
for (const [userId, written] of Object.entries(users))
  test(`the user ${userId} stands in the path as ${written}`, () =>
    withServer(
      ending(),
      async (client, { seen }) => {
        const path = routePath('users', userId);
        await client.send(exampleRequest({ route: 'users', path }), 1);
        await client.send(exampleRequest({ path, contentType: undefined }), 2);
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

test('every documented request is sent once, with a client-request-id of its own', () => {
  const userId = 'ada_x.com#EXT#@example.org';
  const requests = documentedRequests({ routes: ['me', 'users'], userId, seed: 1, samples: 3 });
  return withServer(
    ending(),
    async (client, server) => {
      const recorded: string[] = [];
      let n = 0;
      for (const each of requests) {
        const { request, requestCase } = await client.send(each, ++n);
        expect(requestCase.number).toBe(n);
        recorded.push(request.headers.find(([name]) => name === 'client-request-id')?.[1] ?? '');
        // What is recorded as sent is what was sent.
        const seen = server.seen[n - 1];
        expect(`${request.method} ${new URL(request.url).pathname} HTTP/1.1`).toBe(seen?.line);
        for (const [name, value] of request.headers)
          expect(seen && headerOf(seen, name.toLowerCase())).toContain(value.trim());
        expect(seen?.body.equals(request.body)).toBe(true);
      }
      expect(n).toBeGreaterThan(10);
      expect([server.seen.length, server.connections()]).toEqual([n, n]);
      const ids = server.seen.flatMap((seen) => headerOf(seen, 'client-request-id'));
      expect(ids).toEqual(recorded);
      expect(new Set(ids).size).toBe(n);
      for (const id of ids)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    },
    { userId },
  );
});
