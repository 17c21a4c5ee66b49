import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { bodyLimit } from '../../../fixtures/network/observed.ts';
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
import failures from './failures.json' with { type: 'json' };

const created = (...lines: string[]) => `HTTP/1.1 201 Created\r\n${lines.join('\r\n')}`;
/** A half response: its head announces 100 bytes, and six of them come. */
const half = created('Content-Length: 100', '', '{"id"');
const encoded = (body: string | Buffer, coding: string) =>
  httpMessage(body, { headers: [`Content-Encoding: ${coding}`] });
const trickling: Responder = (socket) => {
  socket.write(created('Transfer-Encoding: chunked', '', ''));
  const timer = setInterval(() => socket.write('1\r\nx\r\n'), 20);
  socket.on('close', () => clearInterval(timer));
};

const timeoutMs = 300;
const late = `^no whole response within ${timeoutMs} ms \\(CONTRACT_TIMEOUT_MS, less where it hangs\\)$`;
const noTls = '^does it speak TLS there\\? GRAPH_BASE_URL begins with http:$';
const zipped = gzipSync('{"id":"x"}');
const interim = 'HTTP/1.1 103 Early Hints\r\n\r\n';

type Case = readonly [what: string, sent: Sent, kind: string, detail: string, part?: unknown];

/** `part`: the body of what came; none where no head was understood. */
// biome-ignore format: a row a line
const cases: readonly Case[] = [
  ...(failures as [string, string, string, string, string?][]),
  ['closes without a byte', (socket) => socket.end(), 'dropped', noTls],
  ['resets the connection', (socket) => socket.resetAndDestroy(), 'reset', noTls],
  ['resets in the middle of a body', (socket) => socket.write(half, () => setTimeout(() => socket.resetAndDestroy(), 100)), 'cut off', '^$', '{"id"'],
  ['sends a head of 70,000 bytes', created(`X: ${'x'.repeat(70_000)}`, '', ''), 'unreadable', '^a head of more than 64 KiB \\(HPE_HEADER_OVERFLOW\\)$'],
  ['sends interim responses without end', (socket) => socket.write(interim.repeat(20_000)), 'unreadable', '^larger than 256 KiB, before a head$'],
  ['names two codings of which one is true', encoded(zipped, 'gzip, deflate'), 'undecodable', 'does not decode$', zipped.toString()],
  ['names a thousand codings', encoded('{}', 'gzip, '.repeat(1_000)), 'undecodable', 'does not know$', '{}'],
  ['never responds', () => {}, 'timed out', late],
  ['stops in the middle of a body', (socket) => socket.write(half), 'timed out', late, '{"id"'],
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
      expect(failure).toEqual({ kind, detail: expect.stringMatching(says) });
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
      const told = [];
      for (let n = 1; n <= 3; n++) {
        if (n === 3) await server.close();
        told.push((await client.send(exampleRequest(), n)).failure);
      }
      const [, second, third] = told;
      expect(second).toEqual({ kind: 'dropped', detail: '' });
      expect(third?.kind).toBe('unreachable');
    },
  ));
