import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { startMock } from '../../../fixtures/mock/server.ts';
import {
  clients,
  ending,
  exampleRequest,
  httpMessage,
  type Responder,
  sendTo,
  token,
  withClient,
} from '../support/raw-server.ts';

/** What is recorded of a response. */
interface Case {
  readonly bytes: string | Buffer;
  readonly body: string | Buffer;
  /** The bytes of the body, if not given; undefined where Content-Length does not count them. */
  readonly wireBytes?: number | undefined;
  readonly status?: number;
  readonly reason?: string;
}

const own = (body: string | Buffer, ...headers: string[]) =>
  httpMessage(body, { framing: 'own', headers });
const of = (status: string) => httpMessage('{}', { status });
const encoded = (bytes: Buffer, ...codings: string[]): Case => ({
  bytes: httpMessage(bytes, { headers: codings.map((each) => `Content-Encoding: ${each}`) }),
  body: text,
  wireBytes: bytes.length,
});
const text = '{"id":"ü"}';
const notUtf8 = Buffer.from([0x7b, 0xff, 0xc3, 0x28, 0x00, 0xed, 0xa0, 0x80, 0x7d]);

const cases: Readonly<Record<string, Case>> = {
  'a counted body': { bytes: httpMessage('{}'), body: '{}', reason: 'Created' },
  'no body': { bytes: httpMessage(''), body: '' },
  'a body that ends with the connection': { bytes: own('{}'), body: '{}' },
  'a body of HTTP/1.0': { bytes: 'HTTP/1.0 201 Created\r\n\r\n{}', body: '{}' },
  'no reason': { bytes: of('201 '), body: '{}', reason: '' },
  'another reason': { bytes: of('201 Made it'), body: '{}', reason: 'Made it' },
  'an unknown status': { bytes: of('299 x'), body: '{}', status: 299 },
  'a status of three nines': { bytes: of('999 x'), body: '{}', status: 999 },
  'a 204': { bytes: 'HTTP/1.1 204 No Content\r\n\r\n', body: '', status: 204 },
  'a length that is too small': {
    bytes: own('{"id":"x"}', 'Content-Length: 4'),
    body: '{"id":"x"}',
  },
  'a length of nothing before a body': {
    bytes: own('{"id":"x"}', 'Content-Length: 0'),
    body: '{"id":"x"}',
  },
  'a second response behind the first': {
    bytes: Buffer.concat([httpMessage('{}'), Buffer.from('\r\n\r\nHTTP/1.1 200 OK\r\n\r\n')]),
    body: '{}',
    wireBytes: 25,
  },
  'a body with a head in it': {
    bytes: httpMessage('HTTP/1.1 100 Continue\r\n\r\n{}'),
    body: 'HTTP/1.1 100 Continue\r\n\r\n{}',
  },
  'early hints first': {
    bytes: `HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${httpMessage('{}')}`,
    body: '{}',
  },
  'several interim responses first': {
    bytes: `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${httpMessage('{}')}`,
    body: '{}',
  },
  'one chunk': {
    bytes: own('2\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
    body: '{}',
    wireBytes: undefined,
  },
  'chunks that end in a character, with extensions and trailers': {
    bytes: own(
      Buffer.concat([
        Buffer.from('8;x=y\r\n{"id":"'),
        Buffer.from([0xc3]),
        Buffer.from('\r\n3\r\n'),
        Buffer.from([0xbc]),
        Buffer.from('"}\r\n0\r\nX: y\r\n\r\n'),
      ]),
      'Transfer-Encoding: chunked',
    ),
    body: text,
    wireBytes: undefined,
  },
  gzip: encoded(gzipSync(text), 'gzip'),
  'gzip, in capitals': encoded(gzipSync(text), 'GZIP'),
  'x-gzip': encoded(gzipSync(text), 'x-gzip'),
  Brotli: encoded(brotliCompressSync(text), 'br'),
  deflate: encoded(deflateSync(text), 'deflate'),
  'deflate without its wrapper': encoded(deflateRawSync(text), 'deflate'),
  'several codings': encoded(brotliCompressSync(gzipSync(text)), 'gzip, br'),
  'several codings on several lines': encoded(
    deflateSync(brotliCompressSync(gzipSync(text))),
    'gzip,,Br ,',
    'identity',
    'deflate',
  ),
  'no body and the label of a coding': {
    bytes: httpMessage('', { headers: ['Content-Encoding: gzip'] }),
    body: '',
  },
  'no body and the label of a coding that nobody knows': {
    bytes: httpMessage('', { headers: ['Content-Encoding: x-own'] }),
    body: '',
  },
  identity: {
    bytes: httpMessage('{}', { headers: ['Content-Encoding: identity'] }),
    body: '{}',
  },
  'bytes that are not UTF-8': { bytes: httpMessage(notUtf8), body: notUtf8 },
  'a byte order mark': { bytes: httpMessage('\ufeff{}'), body: '\ufeff{}' },
  'no header at all': { bytes: 'HTTP/1.1 201 Created\r\n\r\n{}', body: '{}' },
};

const byteByByte: Responder = (socket) => {
  // So that no border of packets helps to find the body.
  const bytes = Buffer.from(`HTTP/1.1 103 Early Hints\r\n\r\n${httpMessage(text)}`);
  let at = 0;
  const next = () => {
    if (at < bytes.length) socket.write(bytes.subarray(at, ++at), () => setImmediate(next));
    else socket.end();
  };
  socket.setNoDelay(true);
  next();
};

for (const [by, override] of Object.entries(clients)) {
  for (const [name, given] of Object.entries(cases))
    test(`a response with ${name} is understood, ${by}`, async () => {
      const body = Buffer.from(given.body);
      const { wireBytes, status, reason } = {
        wireBytes: body.length,
        status: 201,
        reason: undefined,
        ...given,
      };
      const { failure, response } = (await sendTo(ending(given.bytes), override)).exchange;
      expect(failure).toBeUndefined();
      expect(response?.body.toString('latin1')).toBe(body.toString('latin1'));
      expect([response?.status, response?.wireBytes]).toEqual([status, wireBytes]);
      if (reason !== undefined) expect(response?.reason).toBe(reason);
    });

  test(`a response that comes byte by byte is understood, ${by}`, async () => {
    const { failure, response } = (await sendTo(byteByByte, override)).exchange;
    expect(failure).toBeUndefined();
    expect([response?.body.toString(), response?.wireBytes]).toEqual([text, 11]);
  });

  test(`a response whose connection stays open is whole, ${by}`, async () => {
    const { exchange } = await sendTo((socket) => socket.write(httpMessage('{}')), override);
    expect(exchange.failure).toBeUndefined();
    expect(exchange.response?.wireBytes).toBe(2);
  });

  test(`headers keep their names, values, order and number, ${by}`, async () => {
    const headers = [
      'request-ID: a',
      'X-Twice: 1',
      'content-type: text/plain',
      'x-twice: 2',
      'Empty:',
      'Spaced:  a  b ',
      'Set-Cookie: a=1',
      'Set-Cookie: b=2',
    ];
    const { exchange } = await sendTo(ending(httpMessage('{}', { headers })), override);
    expect(exchange.response?.headers).toEqual([
      ['Content-Type', 'application/json'],
      ['Content-Length', '2'],
      ['request-ID', 'a'],
      ['X-Twice', '1'],
      ['content-type', 'text/plain'],
      ['x-twice', '2'],
      ['Empty', ''],
      ['Spaced', 'a  b'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]);
  });

  test(`a response with line ends of LF alone is counted right or called unreadable, ${by}`, async () => {
    const bytes = 'HTTP/1.1 201 Created\nContent-Type: application/json\nContent-Length: 2\n\n{}';
    const { exchange } = await sendTo(ending(bytes), override);
    if (exchange.failure === undefined) expect(exchange.response?.wireBytes).toBe(2);
    else expect(exchange.failure.kind).toBe('unreadable');
  });

  test(`an exchange holds its request case, its time and how long it took, ${by}`, async () => {
    const { exchange } = await sendTo(ending(), override);
    const { name, kind, route, why, deletedDateTime } = exampleRequest();
    expect(exchange.requestCase).toEqual({ number: 1, name, kind, route, why, deletedDateTime });
    expect(new Date(exchange.at).toISOString()).toBe(exchange.at);
    expect(exchange.ms).toBeGreaterThanOrEqual(0);
  });
}

test("the embedded mock's response is counted alike by both clients", async () => {
  const mock = await startMock({ token });
  const [created, refused] = await withClient({ baseUrl: mock.baseUrl }, async (client) => [
    (await client.send(exampleRequest(), 1)).response,
    (await client.send(exampleRequest({ contentType: undefined }), 2)).response,
  ]);
  await mock.close();
  expect([created?.status, refused?.status]).toEqual([201, 400]);
  for (const response of [created, refused])
    expect(response?.wireBytes).toBe(response?.body.length);
});

test('a client that is closed opens again, and may be closed twice', async () => {
  const mock = await startMock({ token });
  await withClient({ baseUrl: mock.baseUrl }, async (client) => {
    await client.close();
    expect((await client.send(exampleRequest(), 1)).response?.status).toBe(201);
    await client.close();
    await client.close();
    expect((await client.send(exampleRequest(), 2)).response?.status).toBe(201);
  });
  await mock.close();
});

test('a request that leads elsewhere is an error before anything is sent', async () => {
  const mock = await startMock({ token });
  const elsewhere = [
    { path: '/me/messages' },
    { path: '/users/ada/registeredDevices/$ref' },
    { path: '/me/../users/$ref' },
    { path: '/me/registeredDevices/$ref?x=1' },
    { path: '.evil.example/me/registeredDevices/$ref' },
    { method: 'TRACE' },
    { method: 'DELETE', path: '/me/registeredDevices/$refs' },
    { method: 'PATCH', path: '/me/registeredDevices' },
  ];
  await withClient({ baseUrl: mock.baseUrl }, async (client) => {
    for (const override of elsewhere)
      await expect(client.send(exampleRequest(override), 1)).rejects.toThrow(
        /not within what this suite may ask/,
      );
  });
  await mock.close();
});
