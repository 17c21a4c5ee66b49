import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import {
  clients,
  ending,
  exampleRequest,
  httpMessage,
  type Responder,
  sendTo,
  withServer,
} from '../support/raw-server.ts';
import responses from './responses.json' with { type: 'json' };

const text = '{"id":"ü"}';
const early = 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n';
const own = (body: string | Buffer, ...headers: string[]) =>
  httpMessage(body, { framing: 'own', headers });
const [zipped, brotli, deflated] = [gzipSync(text), brotliCompressSync(text), deflateSync(text)];
const thrice = deflateSync(brotliCompressSync(zipped));
// biome-ignore format: a row a line
const encoded: readonly (readonly [bytes: Buffer, ...codings: string[]])[] = [
  [zipped, 'x-gzip'], [brotli, 'br'], [deflated, 'deflate'], [thrice, 'gzip,,Br ,', 'identity', 'deflate'],
];

/** So that no border of packets helps to find the body. */
const byteByByte: Responder = (socket) => {
  const bytes = Buffer.from(`${early}${httpMessage(text)}`);
  let at = 0;
  const next = () => {
    if (at < bytes.length) socket.write(bytes.subarray(at, ++at), () => setImmediate(next));
    else socket.end();
  };
  socket.setNoDelay(true);
  next();
};

for (const [by, override] of Object.entries(clients)) {
  // Bytes are written as Latin-1; null: Content-Length does not count them.
  for (const [what, bytes, body, wireBytes, status, reason] of responses)
    test(`a response with ${what} is understood, ${by}`, async () => {
      const { failure, response } = await sendTo(Buffer.from(`${bytes}`, 'latin1'), override);
      expect(failure).toBeUndefined();
      expect(response?.body.toString('latin1')).toBe(body);
      expect([response?.status, response?.reason]).toEqual([status, reason]);
      expect(response?.wireBytes ?? null).toBe(wireBytes);
    });

  test(`what hides a body is taken off it, on one line or several, ${by}`, async () => {
    for (const [bytes, ...codings] of encoded) {
      const headers = codings.map((each) => `Content-Encoding: ${each}`);
      const { failure, response } = await sendTo(httpMessage(bytes, { headers }), override);
      expect([failure, response?.body.toString()]).toEqual([undefined, text]);
      expect(response?.wireBytes).toBe(bytes.length);
    }
  });

  test(`a response that comes byte by byte, or whose connection stays open, is whole, ${by}`, async () => {
    const open: Responder = (socket) => socket.write(httpMessage(text));
    for (const respond of [byteByByte, open]) {
      const { failure, response } = await sendTo(respond, override);
      expect([failure, response?.body.toString(), response?.wireBytes]).toEqual([
        undefined,
        text,
        11,
      ]);
    }
  });

  test(`headers keep their names, values, order and number, ${by}`, async () => {
    const lines = ['request-ID: a', 'X-Twice: 1', 'x-twice: 2', 'Empty:', 'Spaced:  a  b '];
    // Node reads a thousand, unless it is told to read all.
    const many = Array.from({ length: 1_500 }, () => 'X: 1');
    const last = ['Set-Cookie: a=1', 'Set-Cookie: b=2'];
    const headers = ['Content-Encoding: identity', ...lines, ...many, ...last];
    const { response } = await sendTo(own('{}', ...headers), override);
    const pairs = headers.map((line) => line.split(':').map((part) => part.trim()));
    expect(response?.headers).toEqual([['Content-Type', 'application/json'], ...pairs]);
  });
}

test('of a HEAD no bytes are kept but their number, whatever comes behind its head', async () => {
  // biome-ignore format: a row a line
  const cases = [
    [httpMessage('{}').subarray(0, -2), 0],
    [httpMessage('{}'), 2],
    [own('ff\r\n{"id"', 'Transfer-Encoding: chunked'), 9],
  ] as const;
  for (const [bytes, behind] of cases) {
    const head = { kind: 'negative', method: 'HEAD', body: undefined } as const;
    const { failure, response } = await sendTo(bytes, head);
    expect(failure).toBeUndefined();
    expect([response?.body.length, response?.wireBytes]).toEqual([0, behind]);
  }
});

test('a client that is closed opens again, and what leads elsewhere is an error before it is sent', () =>
  withServer(ending(), async (client, { seen }) => {
    await client.close();
    expect((await client.send(exampleRequest(), 1)).response?.status).toBe(201);
    await client.close();
    await client.close();
    const wrong = [{ path: '/me/messages' }, { path: '.evil.example/me' }, { method: 'TRACE' }];
    for (const override of wrong)
      await expect(client.send(exampleRequest(override), 2)).rejects.toThrow('may be asked');
    expect(seen.length).toBe(1);
  }));
