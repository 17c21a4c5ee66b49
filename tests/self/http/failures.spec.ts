import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { bodyLimit } from '../../../fixtures/network/observed.ts';
import type { FailureKind } from '../../../schemas/files/recording.ts';
import {
  clients,
  ending,
  exampleRequest,
  httpMessage,
  type Responder,
  sendAt,
  sendTo,
  withServer,
} from '../support/raw-server.ts';

/** A half response: its head announces 100 bytes, and six of them come. */
const half = (header = 'X: y', status = '201 Created') =>
  httpMessage('{"id"', { framing: 'own', status, headers: ['Content-Length: 100', header] });
const chunked = (body: string) =>
  httpMessage(body, { framing: 'own', headers: ['Transfer-Encoding: chunked'] });
const encoded = (body: string | Buffer, coding: string) =>
  httpMessage(body, { headers: [`Content-Encoding: ${coding}`] });
const writing =
  (bytes: string | Buffer): Responder =>
  (socket) =>
    socket.write(bytes);
const trickling =
  (begin: string, drip: string): Responder =>
  (socket) => {
    socket.write(begin);
    const timer = setInterval(() => socket.write(drip), 20);
    socket.on('close', () => clearInterval(timer));
  };

const timeoutMs = 300;
const within = 'the connection ended within the head';
const late = `no whole response within ${timeoutMs} ms (CONTRACT_TIMEOUT_MS)`;
const noTls = 'does it speak TLS there? GRAPH_BASE_URL begins with http:';
const parser = /^.+ \(HPE_[A-Z_]+\)$/;
const zipped = gzipSync('{"id":"x"}');
const begun = 'HTTP/1.1 201 Created\r\n';
const other = 'a body that its Content-Encoding does not decode';
const unknown = 'a content coding that this suite does not know';
const codings = ['x-own', 'gzip;q=1', 'gzip, x-own', 'gzip, '.repeat(1_000)];

/** `part`: status and body of what came; none where no head was understood. */
// biome-ignore format: a row a line
type Case = readonly [what: string, respond: Responder, kind: FailureKind, detail: string | RegExp, part?: readonly [status: number, body: unknown]];

// biome-ignore format: a row a line
const cases: readonly Case[] = [
  ['closes without a byte', (socket) => socket.end(), 'dropped', noTls],
  ['resets the connection', (socket) => socket.resetAndDestroy(), 'reset', noTls],
  ['closes in the middle of a body', ending(half()), 'cut off', '', [201, '{"id"']],
  ['closes behind the head', ending(half().subarray(0, -5)), 'cut off', '', [201, '']],
  ['resets in the middle of a body', (socket) => socket.write(half(), () => setTimeout(() => socket.resetAndDestroy(), 100)), 'cut off', '', [201, '{"id"']],
  ['closes in the middle of a chunk', ending(chunked('64\r\n{"id"')), 'cut off', '', [201, '{"id"']],
  ['closes before the last chunk', ending(chunked('2\r\n{}\r\n')), 'cut off', '', [201, '{}']],
  ['closes in the middle of a head', ending('HTTP/1.1 201 Created\r\nContent-'), 'unreadable', within],
  ['closes behind an interim response', ending('HTTP/1.1 103 Early Hints\r\n\r\n'), 'unreadable', within],
  ['speaks another protocol', ending('SSH-2.0-OpenSSH_9.6\r\n'), 'unreadable', /^Expected HTTP\/.*\(HPE_INVALID_CONSTANT\)$/],
  ['sends a head with a nameless line', ending('HTTP/1.1 201 Created\r\n: x\r\n\r\n'), 'unreadable', parser],
  ['speaks HTTP/2', ending(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])), 'unreadable', parser],
  ['sends two lengths that differ', ending(httpMessage('{}', { headers: ['Content-Length: 3'] })), 'unreadable', parser],
  ['sends a chunk without a size', ending(chunked('zz\r\n{}')), 'unreadable', parser, [201, '']],
  ['sends a head of 70,000 bytes', ending(`${begun}X: ${'x'.repeat(70_000)}\r\n\r\n`), 'unreadable', 'a head of more than 64 KiB (HPE_HEADER_OVERFLOW)'],
  ['sends interim responses without end', (socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20_000)), 'unreadable', 'larger than 256 KiB, before a head'],
  ['calls gzip what is not', ending(encoded('{"id":"x"}', 'gzip')), 'undecodable', other, [201, '{"id":"x"}']],
  ['names two codings of which one is true', ending(encoded(zipped, 'gzip, deflate')), 'undecodable', other, [201, zipped.toString()]],
  ['never responds', () => {}, 'timed out', late],
  ['stops in the middle of a body', writing(half()), 'timed out', late, [201, '{"id"']],
  ['trickles a body without end', trickling(`${begun}Content-Length: 9999\r\n\r\n`, 'x'), 'timed out', late, [201, expect.stringMatching(/^x+$/)]],
  ['trickles chunks without end', trickling(`${begun}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'), 'timed out', late, [201, expect.stringMatching(/^x+$/)]],
  ['trickles a head without end', trickling(begun, 'X: y\r\n'), 'timed out', late],
  // A client's error holds the heads of request and response: their words are no cause.
  ['closes a 504 early', ending(half('Keep-Alive: timeout=5', '504 Gateway Timeout')), 'cut off', '', [504, '{"id"']],
  ['closes early and names other causes', ending(half('X-Error: ECONNRESET socket hang up, Parse Error HPE_INVALID')), 'cut off', '', [201, '{"id"']],
  ...codings.map((each): Case => [`names the coding ${each.slice(0, 20)}`, ending(encoded('{}', each)), 'undecodable', unknown, [201, '{}']]),
];

/** Repeats the bytes for as long as the client reads. */
const endless =
  (head: string): Responder =>
  (socket) => {
    socket.write(head);
    const more = () => {
      while (!socket.destroyed && socket.write('x'.repeat(10_000)));
    };
    socket.on('drain', more);
    more();
  };
const counted = (bytes: number) =>
  `HTTP/1.1 201 Created\r\nContent-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`;
const blanks = Buffer.alloc(bodyLimit + 1, ' ');
// A gzip file may have many members (RFC 1952 §2.2): so the test itself needs little memory.
const member = gzipSync(Buffer.alloc(1024 * 1024, ' '));
const members = Buffer.concat(Array.from({ length: 200 }, () => member));

// biome-ignore format: a row a line
const tooLarge: readonly (readonly [what: string, respond: Responder])[] = [
  ['one byte more than may be', ending(counted(bodyLimit + 1))],
  ['no end', endless(`${begun}\r\n`)],
  ['too much behind deflate', ending(encoded(deflateSync(blanks), 'deflate'))],
  ['too much behind Brotli', ending(encoded(brotliCompressSync(blanks), 'br'))],
  ['too much behind several codings', ending(encoded(brotliCompressSync(gzipSync(gzipSync(blanks))), 'gzip, gzip, br'))],
  ['hundreds of megabytes behind gzip', ending(encoded(members, 'gzip'))],
];

for (const [by, override] of Object.entries(clients)) {
  for (const [what, respond, kind, says, part] of cases)
    test(`a server that ${what} is reported as ${kind}, ${by}`, async () => {
      const limit = kind === 'timed out' ? timeoutMs : undefined;
      const { response, failure, seen, connections } = await sendTo(respond, override, limit);
      const detail = says instanceof RegExp ? expect.stringMatching(says) : says;
      expect(failure).toEqual({ kind, detail });
      expect(response && [response.status, response.body.toString()]).toEqual(part);
      expect([seen.length, connections]).toEqual([1, 1]);
    });

  for (const [what, respond] of tooLarge)
    test(`of a response with ${what} the head alone is kept, ${by}`, async () => {
      const before = process.resourceUsage().maxRSS;
      const { failure, response } = await sendTo(respond, override);
      expect(failure).toBeUndefined();
      expect(response).toMatchObject({ status: 201, notKept: 'larger than 256 KiB' });
      expect(response?.body.length).toBe(0);
      // The most memory so far, in KiB.
      expect(process.resourceUsage().maxRSS - before).toBeLessThan(50 * 1024);
    });

  test(`a long head, a body as large as one may be, and a gzip without its end are read, ${by}`, async () => {
    const long = httpMessage('{}', { headers: [`X: ${'x'.repeat(60_000)}`] });
    const text = '{"id":"a long enough text to be truncated"}';
    const truncated = encoded(gzipSync(text).subarray(0, -12), 'gzip');
    const found = [];
    for (const bytes of [long, counted(bodyLimit), truncated]) {
      const { failure, response } = await sendTo(ending(bytes), override);
      expect([failure, response?.notKept]).toEqual([undefined, undefined]);
      found.push(response?.body.toString());
    }
    expect(found).toEqual(['{}', 'x'.repeat(bodyLimit), expect.stringMatching(/^{"id":"a long/)]);
  });

  test(`a target that never answered is unreachable, with the reason, ${by}`, async () => {
    // An address may speak of timeouts and resets, and is no cause.
    const baseUrl = 'http://localhost:1/timeout/ECONNRESET/v1.0';
    const { failure, response } = await sendAt(baseUrl, override);
    const detail = expect.stringMatching(/^connect ECONNREFUSED (127\.0\.0\.1|::1):1$/);
    expect(failure).toEqual({ kind: 'unreachable', detail, code: 'ECONNREFUSED' });
    expect(response).toBeUndefined();
  });
}

test('a target that answered is not asked whether it speaks TLS, and may die between two requests', () =>
  withServer(
    (socket, _, n) => socket.end(n === 1 ? httpMessage('{}') : ''),
    async (client, server) => {
      const kinds = [];
      for (let n = 1; n <= 3; n++) {
        if (n === 3) await server.close();
        const { failure } = await client.send(exampleRequest(), n);
        kinds.push(failure?.kind);
        if (n === 2) expect(failure?.detail).toBe('');
      }
      expect(kinds).toEqual([undefined, 'dropped', 'unreachable']);
    },
  ));
