import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { startMock } from '../../../fixtures/mock/server.ts';
import {
  answer,
  call,
  clients,
  clientTo,
  type Responder,
  sendTo,
  token,
} from '../support/raw-server.ts';

/** What is told of an answer: wireBytes undefined where Content-Length does not count them. */
interface Case {
  readonly bytes: string | Buffer;
  readonly body: string | Buffer;
  readonly wireBytes: number | undefined;
  readonly status?: number;
  readonly reason?: string;
}

const own = (body: string | Buffer, ...headers: string[]) =>
  answer(body, { framing: 'own', headers });
const coded = (bytes: Buffer, coding: string): Case => ({
  bytes: answer(bytes, { headers: [`Content-Encoding: ${coding}`] }),
  body: '{"id":"ü"}',
  wireBytes: bytes.length,
});
const text = '{"id":"ü"}';
const notUtf8 = Buffer.from([0x7b, 0xff, 0xc3, 0x28, 0x00, 0xed, 0xa0, 0x80, 0x7d]);

const cases: Readonly<Record<string, Case>> = {
  'a counted body': { bytes: answer('{}'), body: '{}', wireBytes: 2, reason: 'Created' },
  'no body': { bytes: answer(''), body: '', wireBytes: 0 },
  'a body that ends with the connection': { bytes: own('{}'), body: '{}', wireBytes: 2 },
  'a body of HTTP/1.0': { bytes: 'HTTP/1.0 201 Created\r\n\r\n{}', body: '{}', wireBytes: 2 },
  'no reason': { bytes: answer('{}', { status: '201 ' }), body: '{}', wireBytes: 2, reason: '' },
  'another reason': {
    bytes: answer('{}', { status: '201 Made it' }),
    body: '{}',
    wireBytes: 2,
    reason: 'Made it',
  },
  'an unknown status': {
    bytes: answer('{}', { status: '299 x' }),
    body: '{}',
    wireBytes: 2,
    status: 299,
  },
  'a status of three nines': {
    bytes: answer('{}', { status: '999 x' }),
    body: '{}',
    wireBytes: 2,
    status: 999,
  },
  'a 204': { bytes: 'HTTP/1.1 204 No Content\r\n\r\n', body: '', wireBytes: 0, status: 204 },
  'a length that is too small': {
    bytes: own('{"id":"x"}', 'Content-Length: 4'),
    body: '{"id":"x"}',
    wireBytes: 10,
  },
  'a length of nothing before a body': {
    bytes: own('{"id":"x"}', 'Content-Length: 0'),
    body: '{"id":"x"}',
    wireBytes: 10,
  },
  'a second answer behind the first': {
    bytes: Buffer.concat([answer('{}'), Buffer.from('\r\n\r\nHTTP/1.1 200 OK\r\n\r\n')]),
    body: '{}',
    wireBytes: 25,
  },
  'a body with a head in it': {
    bytes: answer('HTTP/1.1 100 Continue\r\n\r\n{}'),
    body: 'HTTP/1.1 100 Continue\r\n\r\n{}',
    wireBytes: 27,
  },
  'early hints first': {
    bytes: Buffer.concat([
      Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'),
      answer('{}'),
    ]),
    body: '{}',
    wireBytes: 2,
  },
  'several interim answers first': {
    bytes: Buffer.concat([
      Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n'),
      answer('{}'),
    ]),
    body: '{}',
    wireBytes: 2,
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
  gzip: coded(gzipSync(text), 'gzip'),
  'gzip, in capitals': coded(gzipSync(text), 'GZIP'),
  'x-gzip': coded(gzipSync(text), 'x-gzip'),
  Brotli: coded(brotliCompressSync(text), 'br'),
  deflate: coded(deflateSync(text), 'deflate'),
  identity: {
    bytes: answer('{}', { headers: ['Content-Encoding: identity'] }),
    body: '{}',
    wireBytes: 2,
  },
  'bytes that are not UTF-8': { bytes: answer(notUtf8), body: notUtf8, wireBytes: notUtf8.length },
  'a byte order mark': { bytes: answer('\ufeff{}'), body: '\ufeff{}', wireBytes: 5 },
  'no header at all': { bytes: 'HTTP/1.1 201 Created\r\n\r\n{}', body: '{}', wireBytes: 2 },
};

const apart: Responder = (socket) => {
  // Byte by byte, so that no border of packets helps to find the body.
  const bytes = Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), answer(text)]);
  let at = 0;
  const next = () => {
    if (at < bytes.length) socket.write(bytes.subarray(at, ++at), () => setImmediate(next));
    else socket.end();
  };
  socket.setNoDelay(true);
  next();
};

for (const [by, override] of Object.entries(clients)) {
  for (const [name, { bytes, body, wireBytes, status = 201, reason }] of Object.entries(cases))
    test(`an answer with ${name} is understood, ${by}`, async () => {
      const { exchange } = await sendTo((socket) => socket.end(bytes), override);
      expect(exchange.failure).toBeUndefined();
      expect(exchange.response?.body.toString('latin1')).toBe(Buffer.from(body).toString('latin1'));
      expect([exchange.response?.status, exchange.response?.wireBytes]).toEqual([
        status,
        wireBytes,
      ]);
      if (reason !== undefined) expect(exchange.response?.reason).toBe(reason);
    });

  test(`an answer that comes byte by byte is understood, ${by}`, async () => {
    const { exchange } = await sendTo(apart, override);
    expect(exchange.failure).toBeUndefined();
    expect([exchange.response?.body.toString(), exchange.response?.wireBytes]).toEqual([text, 11]);
  });

  test(`an answer whose connection stays open is whole, ${by}`, async () => {
    const { exchange } = await sendTo((socket) => socket.write(answer('{}')), override);
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
    const bytes = answer('{}', { headers });
    const { exchange } = await sendTo((socket) => socket.end(bytes), override);
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

  test(`an answer with line ends of LF alone is counted right or called unreadable, ${by}`, async () => {
    const bytes = 'HTTP/1.1 201 Created\nContent-Type: application/json\nContent-Length: 2\n\n{}';
    const { exchange } = await sendTo((socket) => socket.end(bytes), override);
    if (exchange.failure === undefined) expect(exchange.response?.wireBytes).toBe(2);
    else expect(exchange.failure.kind).toBe('unreadable');
  });

  test(`an exchange tells its call, its time and how long it took, ${by}`, async () => {
    const { exchange } = await sendTo((socket) => socket.end(answer('{}')), override);
    const { name, kind, route, why, deletedDateTime } = call();
    expect(exchange.requestCase).toEqual({ number: 1, name, kind, route, why, deletedDateTime });
    expect(new Date(exchange.at).toISOString()).toBe(exchange.at);
    expect(exchange.ms).toBeGreaterThanOrEqual(0);
  });
}

test("the embedded mock's answer is the same to both clients of asking", async () => {
  const mock = await startMock({ token });
  const client = clientTo(mock.baseUrl);
  const { response: created } = await client.send(call(), 1);
  const { response: refused } = await client.send(call({ contentType: undefined }), 2);
  await client.close();
  await mock.close();
  expect([created?.status, refused?.status]).toEqual([201, 400]);
  for (const came of [created, refused]) expect(came?.wireBytes).toBe(came?.body.length);
});

test('a client that is closed opens again, and may be closed twice', async () => {
  const mock = await startMock({ token });
  const client = clientTo(mock.baseUrl);
  await client.close();
  expect((await client.send(call(), 1)).response?.status).toBe(201);
  await client.close();
  await client.close();
  expect((await client.send(call(), 2)).response?.status).toBe(201);
  await client.close();
  await mock.close();
});

test('a call that leads elsewhere is thrown back before anything is sent', async () => {
  const mock = await startMock({ token });
  const client = clientTo(mock.baseUrl);
  const elsewhere = [
    '/me/messages',
    '/users/ada/registeredDevices/$ref',
    '/me/../users/$ref',
    '/me/registeredDevices/$ref?x=1',
    '.evil.example/me/registeredDevices/$ref',
  ];
  for (const path of elsewhere)
    await expect(client.send(call({ path }), 1)).rejects.toThrow(
      /not within what this suite may ask/,
    );
  await expect(client.send(call({ method: 'DELETE' }), 1)).rejects.toThrow(/not within/);
  await expect(client.send(call({ method: 'PATCH' }), 1)).rejects.toThrow(/not within/);
  await client.close();
  await mock.close();
});
