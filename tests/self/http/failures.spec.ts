import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { bodyLimit } from '../../../fixtures/network/observed.ts';
import type { FailureKind } from '../../../schemas/files/recording.ts';
import {
  clients,
  exampleRequest,
  httpMessage,
  type Responder,
  type Sent,
  sendAt,
  sendTo,
  withServer,
} from '../support/raw-server.ts';

const created = (...lines: string[]) => `HTTP/1.1 201 Created\r\n${lines.join('\r\n')}`;
/** A half response: its head announces 100 bytes, and six of them come. */
const half = (header = 'X: y') => created('Content-Length: 100', header, '', '{"id"');
const chunked = (body: string) => created('Transfer-Encoding: chunked', '', body);
const encoded = (body: string | Buffer, coding: string) =>
  httpMessage(body, { headers: [`Content-Encoding: ${coding}`] });
const trickling: Responder = (socket) => {
  socket.write(chunked(''));
  const timer = setInterval(() => socket.write('1\r\nx\r\n'), 20);
  socket.on('close', () => clearInterval(timer));
};

const timeoutMs = 300;
const within = 'the connection ended within the head';
const late = `no whole response within ${timeoutMs} ms (CONTRACT_TIMEOUT_MS)`;
const noTls = 'does it speak TLS there? GRAPH_BASE_URL begins with http:';
const parser = /^.+ \(HPE_[A-Z_]+\)$/;
const zipped = gzipSync('{"id":"x"}');
const other = 'a body that its Content-Encoding does not decode';
const unknown = 'a content coding that this suite does not know';
const interim = 'HTTP/1.1 103 Early Hints\r\n\r\n';

/** `part`: the body of what came; none where no head was understood. */
// biome-ignore format: a row a line
const cases: readonly (readonly [what: string, sent: Sent, kind: FailureKind, detail: string | RegExp, part?: unknown])[] = [
  ['closes without a byte', (socket) => socket.end(), 'dropped', noTls],
  ['resets the connection', (socket) => socket.resetAndDestroy(), 'reset', noTls],
  ['closes in the middle of a body', half(), 'cut off', '', '{"id"'],
  ['resets in the middle of a body', (socket) => socket.write(half(), () => setTimeout(() => socket.resetAndDestroy(), 100)), 'cut off', '', '{"id"'],
  ['closes in the middle of a chunk', chunked('64\r\n{"id"'), 'cut off', '', '{"id"'],
  ['closes before the last chunk', chunked('2\r\n{}\r\n'), 'cut off', '', '{}'],
  // A client's error holds the heads of request and response: their words are no cause.
  ['closes early and names other causes', half('X-Error: timeout=5, ECONNRESET socket hang up, Parse Error HPE_INVALID'), 'cut off', '', '{"id"'],
  ['closes in the middle of a head', created('Content-'), 'unreadable', within],
  ['speaks another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', 'unreadable', /^Expected HTTP\/.*\(HPE_INVALID_CONSTANT\)$/],
  ['sends two lengths that differ', httpMessage('{}', { headers: ['Content-Length: 3'] }), 'unreadable', parser],
  ['sends a chunk without a size', chunked('zz\r\n{}'), 'unreadable', parser, ''],
  ['sends a head of 70,000 bytes', created(`X: ${'x'.repeat(70_000)}`, '', ''), 'unreadable', 'a head of more than 64 KiB (HPE_HEADER_OVERFLOW)'],
  ['sends interim responses without end', (socket) => socket.write(interim.repeat(20_000)), 'unreadable', 'larger than 256 KiB, before a head'],
  ['calls gzip what is not', encoded('{"id":"x"}', 'gzip'), 'undecodable', other, '{"id":"x"}'],
  ['names two codings of which one is true', encoded(zipped, 'gzip, deflate'), 'undecodable', other, zipped.toString()],
  ['names codings that nobody knows', encoded('{}', 'gzip, x-own'), 'undecodable', unknown, '{}'],
  ['names a thousand codings', encoded('{}', 'gzip, '.repeat(1_000)), 'undecodable', unknown, '{}'],
  ['never responds', () => {}, 'timed out', late],
  ['stops in the middle of a body', (socket) => socket.write(half()), 'timed out', late, '{"id"'],
  ['trickles chunks without end', trickling, 'timed out', late, expect.stringMatching(/^x+$/)],
];

/** Repeats the bytes for as long as the client reads. */
const endless: Responder = (socket) => {
  socket.write(created('', ''));
  const more = () => {
    while (!socket.destroyed && socket.write('x'.repeat(10_000)));
  };
  socket.on('drain', more);
  more();
};
const largest = 'x'.repeat(bodyLimit);
const blanks = Buffer.alloc(bodyLimit + 1, ' ');
// A gzip file may have many members (RFC 1952 §2.2): so the test itself needs little memory.
const member = gzipSync(Buffer.alloc(1024 * 1024, ' '));
const members = Buffer.concat(Array.from({ length: 200 }, () => member));

// biome-ignore format: a row a line
const tooLarge: readonly (readonly [what: string, sent: Sent])[] = [
  ['one byte more than may be', httpMessage(`${largest}x`)],
  ['no end', endless],
  ['too much behind deflate', encoded(deflateSync(blanks), 'deflate')],
  ['too much behind Brotli', encoded(brotliCompressSync(blanks), 'br')],
  ['too much behind several codings', encoded(brotliCompressSync(gzipSync(gzipSync(blanks))), 'gzip, gzip, br')],
  ['hundreds of megabytes behind gzip', encoded(members, 'gzip')],
];

for (const [by, override] of Object.entries(clients)) {
  for (const [what, sent, kind, says, part] of cases)
    test(`a server that ${what} is reported as ${kind}, ${by}`, async () => {
      const limit = kind === 'timed out' ? timeoutMs : undefined;
      const { response, failure, seen, connections } = await sendTo(sent, override, limit);
      const detail = says instanceof RegExp ? expect.stringMatching(says) : says;
      expect(failure).toEqual({ kind, detail });
      expect([response?.status, response?.body.toString()]).toEqual([
        part === undefined ? undefined : 201,
        part,
      ]);
      expect([seen.length, connections]).toEqual([1, 1]);
    });

  for (const [what, sent] of tooLarge)
    test(`of a response with ${what} the head alone is kept, ${by}`, async () => {
      const before = process.resourceUsage().maxRSS;
      const { failure, response } = await sendTo(sent, override);
      expect(failure).toBeUndefined();
      expect(response).toMatchObject({ status: 201, notKept: 'larger than 256 KiB' });
      expect(response?.body.length).toBe(0);
      // The most memory so far, in KiB.
      expect(process.resourceUsage().maxRSS - before).toBeLessThan(50 * 1024);
    });

  test(`a long head, a body as large as one may be, and a gzip without its end are read, ${by}`, async () => {
    const long = httpMessage('{}', { headers: [`X: ${'x'.repeat(60_000)}`] });
    const truncated = encoded(gzipSync('{"id":"a long enough text"}').subarray(0, -12), 'gzip');
    const found = [];
    for (const bytes of [long, httpMessage(largest), truncated]) {
      const { failure, response } = await sendTo(bytes, override);
      expect([failure, response?.notKept]).toEqual([undefined, undefined]);
      found.push(response?.body.toString());
    }
    expect(found).toEqual(['{}', largest, expect.stringMatching(/^{"id":"a long/)]);
  });

  test(`a target that never answered is unreachable, with the reason, ${by}`, async () => {
    // An address may speak of timeouts and resets, and is no cause.
    const { failure, response } = await sendAt(
      'http://localhost:1/timeout/ECONNRESET/v1.0',
      override,
    );
    const detail = expect.stringMatching(/^connect ECONNREFUSED (127\.0\.0\.1|::1):1$/);
    expect(failure).toEqual({ kind: 'unreachable', detail, code: 'ECONNREFUSED' });
    expect(response).toBeUndefined();
  });
}

test('a target that answered is not asked whether it speaks TLS, and may die between two requests', () =>
  withServer(
    (socket, _, n) => socket.end(n === 1 ? httpMessage('{}') : ''),
    async (client, server) => {
      const failures = [];
      for (let n = 1; n <= 3; n++) {
        if (n === 3) await server.close();
        failures.push((await client.send(exampleRequest(), n)).failure);
      }
      const [, second, third] = failures;
      expect(second).toEqual({ kind: 'dropped', detail: '' });
      expect(third?.kind).toBe('unreachable');
    },
  ));
