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

const text = '{"id":"ü"}';
const utf8 = Buffer.from(text);
const notUtf8 = Buffer.from([0x7b, 0xff, 0xc3, 0x28, 0x00, 0xed, 0xa0, 0x80, 0x7d]);
const own = (body: string | Buffer, ...headers: string[]) =>
  httpMessage(body, { framing: 'own', headers });
const of = (status: string) => httpMessage('{}', { status });
const encoded = (bytes: string | Buffer, ...codings: string[]) =>
  httpMessage(bytes, { headers: codings.map((each) => `Content-Encoding: ${each}`) });
const chunks = Buffer.concat([
  Buffer.from('8;x=y\r\n{"id":"'),
  ...[utf8.subarray(7, 8), Buffer.from('\r\n3\r\n'), utf8.subarray(8, 9)],
  Buffer.from('"}\r\n0\r\nX: y\r\n\r\n'),
]);
const [zipped, brotli, deflated] = [gzipSync(text), brotliCompressSync(text), deflateSync(text)];
const thrice = deflateSync(brotliCompressSync(zipped));
const early = 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n';

/** `wireBytes`: undefined where Content-Length does not count them. */
// biome-ignore format: a row a line
const cases: readonly (readonly [what: string, bytes: string | Buffer, body: string | Buffer, wireBytes: number | undefined, status?: number, reason?: string])[] = [
  ['a counted body', httpMessage('{}'), '{}', 2, 201, 'Created'],
  ['no body', httpMessage(''), '', 0],
  ['a body that ends with the connection', own('{}'), '{}', 2],
  ['a body of HTTP/1.0 and no header', 'HTTP/1.0 201 Created\r\n\r\n{}', '{}', 2],
  ['no reason', of('201 '), '{}', 2, 201, ''],
  ['a status of three nines', of('999 Made it'), '{}', 2, 999, 'Made it'],
  ['a 204', 'HTTP/1.1 204 No Content\r\n\r\n', '', 0, 204],
  ['a 204 and bytes behind it', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}', '', 2, 204],
  ['a length that is too small', own('{"id":"x"}', 'Content-Length: 4'), '{"id":"x"}', 10],
  ['a second response behind the first', Buffer.concat([httpMessage('{}'), Buffer.from('\r\n\r\nHTTP/1.1 200 OK\r\n\r\n')]), '{}', 25],
  ['a body with a head in it', httpMessage('HTTP/1.1 100 Continue\r\n\r\n{}'), 'HTTP/1.1 100 Continue\r\n\r\n{}', 27],
  ['early hints first, twice', `${early}${early}${httpMessage('{}')}`, '{}', 2],
  ['chunks that end in a character, with extensions and trailers', own(chunks, 'Transfer-Encoding: chunked'), text, undefined],
  ['gzip', encoded(zipped, 'x-gzip'), text, zipped.length],
  ['Brotli', encoded(brotli, 'br'), text, brotli.length],
  ['deflate', encoded(deflated, 'deflate'), text, deflated.length],
  ['several codings on several lines', encoded(thrice, 'gzip,,Br ,', 'identity', 'deflate'), text, thrice.length],
  ['no body and the label of a coding that nobody knows', encoded('', 'x-own'), '', 0],
  ['bytes that are not UTF-8', httpMessage(notUtf8), notUtf8, notUtf8.length],
  ['a byte order mark', httpMessage('\ufeff{}'), '\ufeff{}', 5],
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
  for (const [what, bytes, body, wireBytes, status = 201, reason] of cases)
    test(`a response with ${what} is understood, ${by}`, async () => {
      const { failure, response } = await sendTo(bytes, override);
      expect(failure).toBeUndefined();
      expect(response?.body.toString('latin1')).toBe(Buffer.from(body).toString('latin1'));
      expect([response?.status, response?.wireBytes]).toEqual([status, wireBytes]);
      if (reason !== undefined) expect(response?.reason).toBe(reason);
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
    const headers = ['Content-Encoding: identity', ...lines, 'Set-Cookie: a=1', 'Set-Cookie: b=2'];
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
