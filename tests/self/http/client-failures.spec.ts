import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { responseLimit } from '../../../fixtures/http/client.ts';
import type { FailureKind } from '../../../schemas/files/recording.ts';
import {
  clients,
  ending,
  exampleRequest,
  httpMessage,
  type Responder,
  rawServer,
  sendTo,
  withClient,
} from '../support/raw-server.ts';

const mebibyte = 1024 * 1024;

/** Status and body of the part that came. */
type Part = readonly [status: number, body: string];

/** A half response: its head announces 100 bytes, and six of them come. */
const half = (headers: readonly string[] = [], status = '201 Created'): Buffer =>
  httpMessage('{"id"', { framing: 'own', status, headers: ['Content-Length: 100', ...headers] });
const halfPart: Part = [201, '{"id"'];
const chunked = (body: string): Buffer =>
  httpMessage(body, { framing: 'own', headers: ['Transfer-Encoding: chunked'] });
const encoded = (body: string | Buffer, coding: string): Buffer =>
  httpMessage(body, { headers: [`Content-Encoding: ${coding}`] });
const writing =
  (bytes: string | Buffer): Responder =>
  (socket) =>
    socket.write(bytes);

/** An empty SETTINGS frame, as an HTTP/2 server begins (RFC 9113 §3.4). */
const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** What a server does, how it is reported, and the part that came; none where no head was understood. */
const cases: Readonly<Record<string, readonly [Responder, FailureKind, Part?]>> = {
  'closes without a byte': [(socket) => socket.end(), 'dropped'],
  'resets the connection': [(socket) => socket.resetAndDestroy(), 'reset'],
  'closes in the middle of a body': [ending(half()), 'cut off', halfPart],
  'closes behind the head': [ending(half().subarray(0, -5)), 'cut off', [201, '']],
  'resets in the middle of a body': [
    (socket) => socket.write(half(), () => setTimeout(() => socket.resetAndDestroy(), 100)),
    'cut off',
    halfPart,
  ],
  'closes in the middle of a chunk': [
    ending(chunked('64\r\n{"id"')),
    'cut off',
    [201, '64\r\n{"id"'],
  ],
  'closes before the last chunk': [ending(chunked('2\r\n{}\r\n')), 'cut off', [201, '2\r\n{}\r\n']],
  'closes in the middle of a head': [ending('HTTP/1.1 201 Created\r\nContent-'), 'unreadable'],
  'closes in the middle of a status line': [ending('HTTP/1.1 2'), 'unreadable'],
  'closes behind an interim response': [ending('HTTP/1.1 103 Early Hints\r\n\r\n'), 'unreadable'],
  'speaks another protocol': [ending('SSH-2.0-OpenSSH_9.6\r\n'), 'unreadable'],
  'sends a page without a head': [ending('<!doctype html><title>x</title>\n'), 'unreadable'],
  'sends a head with a nameless line': [
    ending('HTTP/1.1 201 Created\r\n: x\r\n\r\n'),
    'unreadable',
  ],
  'leaves HTTP with a 101': [
    ending('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
    'unreadable',
  ],
  'speaks HTTP/2': [ending(settings), 'unreadable'],
  'sends two lengths that differ': [
    ending(httpMessage('{}', { headers: ['Content-Length: 3'] })),
    'unreadable',
  ],
  'sends a chunk without a size': [ending(chunked('zz\r\n{}')), 'unreadable', [201, 'zz\r\n{}']],
  'sends a head of 70,000 bytes': [
    ending(`HTTP/1.1 201 Created\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`),
    'unreadable',
  ],
  'calls gzip what is not': [
    ending(encoded('{"id":"x"}', 'gzip')),
    'undecodable',
    [201, '{"id":"x"}'],
  ],
  'calls Brotli what is not': [
    ending(encoded('{"id":"x"}', 'br')),
    'undecodable',
    [201, '{"id":"x"}'],
  ],
  'calls deflate what is not': [
    ending(encoded('{"id":"x"}', 'deflate')),
    'undecodable',
    [201, '{"id":"x"}'],
  ],
  'names two codings of which one is true': [
    ending(encoded(gzipSync('{"id":"x"}'), 'gzip, deflate')),
    'undecodable',
    [201, gzipSync('{"id":"x"}').toString()],
  ],
  'never responds': [() => {}, 'timed out'],
  'stops in the middle of a head': [writing('HTTP/1.1 201 Cre'), 'timed out'],
  'stops in the middle of a body': [writing(half()), 'timed out', halfPart],
  // A client's error holds the heads of request and response: their words are no cause.
  'closes early and names its keep-alive timeout': [
    ending(half(['Keep-Alive: timeout=5'])),
    'cut off',
    halfPart,
  ],
  'closes a 504 early': [ending(half([], '504 Gateway Timeout')), 'cut off', [504, '{"id"']],
  'closes early and names a reset': [
    ending(half(['X-Error: ECONNRESET socket hang up'])),
    'cut off',
    halfPart,
  ],
  'closes early and names a parser': [
    ending(half(['X-Error: Parse Error HPE_INVALID'])),
    'cut off',
    halfPart,
  ],
  'closes early and names a compression': [
    ending(half(['X-Error: failed to decompress'])),
    'cut off',
    halfPart,
  ],
};

const within = 'the connection ended within the head';
/** What is said of a failure beside its kind; nothing of all the others. */
const details: Readonly<Record<string, string | RegExp>> = {
  'closes in the middle of a head': within,
  'closes in the middle of a status line': within,
  'closes behind an interim response': within,
  'speaks another protocol': /^Expected HTTP\/.*\(HPE_INVALID_CONSTANT\)$/,
  'sends a page without a head': /^Expected HTTP\/.*\(HPE_INVALID_CONSTANT\)$/,
  'sends a head with a nameless line': /\(HPE_[A-Z_]+\)$/,
  'sends two lengths that differ': /\(HPE_[A-Z_]+\)$/,
  'sends a chunk without a size': /\(HPE_[A-Z_]+\)$/,
  'sends a head of 70,000 bytes': 'a head of more than 64 KiB (HPE_HEADER_OVERFLOW)',
  'leaves HTTP with a 101':
    'it answered 101 and left HTTP, which no request asked for (RFC 9110 §15.2.2)',
  'speaks HTTP/2': 'it speaks HTTP/2 alone, and this suite speaks HTTP/1.1',
  'never responds': 'no whole response within 250 ms (CONTRACT_TIMEOUT_MS)',
  'stops in the middle of a head': 'no whole response within 250 ms (CONTRACT_TIMEOUT_MS)',
  'stops in the middle of a body': 'no whole response within 250 ms (CONTRACT_TIMEOUT_MS)',
};

/** Repeats the bytes for as long as the client reads. */
const endless =
  (head: string, bytes: string): Responder =>
  (socket) => {
    socket.write(head);
    const more = () => {
      while (!socket.destroyed && socket.write(bytes));
    };
    socket.on('drain', more);
    more();
  };
const counted = (bytes: number): Responder =>
  ending(`HTTP/1.1 201 Created\r\nContent-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`);
const blanks = Buffer.alloc(8 * responseLimit, ' ');
const bombs: Readonly<Record<string, Buffer>> = {
  gzip: encoded(gzipSync(blanks), 'gzip'),
  deflate: encoded(deflateSync(blanks), 'deflate'),
  'raw deflate': encoded(deflateRawSync(blanks), 'deflate'),
  Brotli: encoded(brotliCompressSync(blanks), 'br'),
  'several codings': encoded(brotliCompressSync(gzipSync(gzipSync(blanks))), 'gzip, gzip, br'),
};

const tooLarge: Readonly<Record<string, Responder>> = {
  'a response of four times the limit': counted(4 * responseLimit),
  'a response without an end': endless('HTTP/1.1 201 Created\r\n\r\n', 'x'.repeat(10_000)),
  'interim responses without an end': endless('', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)),
};

const drips: Readonly<Record<string, readonly [begin: string, drip: string, status?: number]>> = {
  body: ['HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n', 'x', 201],
  chunks: ['HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n', 201],
  head: ['HTTP/1.1 201 Created\r\n', 'X: y\r\n'],
};

for (const [by, override] of Object.entries(clients)) {
  for (const [name, [respond, kind, part]] of Object.entries(cases))
    test(`a server that ${name} is reported as ${kind}, ${by}`, async () => {
      const timeoutMs = kind === 'timed out' ? 250 : undefined;
      const { exchange, seen, connections } = await sendTo(respond, override, timeoutMs);
      const says = details[name] ?? '';
      const detail = says instanceof RegExp ? expect.stringMatching(says) : says;
      expect(exchange.failure).toEqual({ kind, detail });
      const { response } = exchange;
      expect(response && [response.status, response.body.toString()]).toEqual(part);
      expect([seen.length, connections]).toEqual([1, 1]);
    });

  for (const [name, respond] of Object.entries(tooLarge))
    test(`${name} is cut off and reported as too large, ${by}`, async () => {
      const { failure, response } = (await sendTo(respond, override)).exchange;
      expect(failure?.kind).toBe('too large');
      expect(response?.body.length ?? 0).toBeLessThanOrEqual(2 * responseLimit);
    });

  for (const [name, bomb] of Object.entries(bombs))
    test(`a body of ${name} that is too large when it is decoded is kept as far as it is read, ${by}`, async () => {
      const { failure, response } = (await sendTo(ending(bomb), override)).exchange;
      expect(failure).toEqual({ kind: 'too large', detail: '' });
      expect(response?.body.equals(blanks.subarray(0, responseLimit))).toBe(true);
    });

  for (const coding of ['x-own', 'compress', 'gzip;q=1', 'gzip, x-own', 'gzip, '.repeat(1_000)])
    test(`the coding ${coding.slice(0, 20)} is called unknown, ${by}`, async () => {
      const { failure, response } = (await sendTo(ending(encoded('{}', coding)), override))
        .exchange;
      expect(failure).toEqual({ kind: 'undecodable', detail: '', code: 'UNKNOWN_CODING' });
      expect(response?.body.toString()).toBe('{}');
    });

  test(`what is kept of a response that is too large is its beginning, ${by}`, async () => {
    const { response } = (await sendTo(counted(4 * responseLimit), override)).exchange;
    const kept = response?.body ?? Buffer.alloc(0);
    expect(response?.status).toBe(201);
    expect(kept.length).toBeGreaterThan(responseLimit / 2);
    expect(kept.equals(Buffer.alloc(kept.length, 'x'))).toBe(true);
  });

  test(`a head of 60,000 bytes is read, ${by}`, async () => {
    const long = httpMessage('{}', { headers: [`X: ${'x'.repeat(60_000)}`] });
    const { exchange } = await sendTo(ending(long), override);
    expect(exchange.failure).toBeUndefined();
    expect(exchange.response?.body.toString()).toBe('{}');
  });

  test(`a response just below the limit is whole, ${by}`, async () => {
    const { exchange } = await sendTo(counted(responseLimit - 100), override);
    expect(exchange.failure).toBeUndefined();
    expect(exchange.response?.body.length).toBe(responseLimit - 100);
  });

  // Playwright decodes as far as the bytes go: what is missing then shows in the JSON.
  test(`a gzip that lacks its end is read as far as it goes, ${by}`, async () => {
    const text = '{"id":"a long enough text to be truncated"}';
    const truncated = gzipSync(text).subarray(0, -12);
    const { exchange } = await sendTo(ending(encoded(truncated, 'gzip')), override);
    expect(exchange.failure).toBeUndefined();
    const read = exchange.response?.body.toString() ?? '';
    expect(read.length).toBeLessThan(text.length);
    expect(text.startsWith(read)).toBe(true);
  });

  for (const [what, [begin, drip, status]] of Object.entries(drips))
    test(`a ${what} that trickles without end is given up at the time limit, ${by}`, async () => {
      const trickling: Responder = (socket) => {
        socket.write(begin);
        const timer = setInterval(() => socket.write(drip), 20);
        socket.on('close', () => clearInterval(timer));
      };
      const { exchange, seen } = await sendTo(trickling, override, 400);
      expect(exchange.failure).toEqual({
        kind: 'timed out',
        detail: 'no whole response within 400 ms (CONTRACT_TIMEOUT_MS)',
      });
      expect(exchange.response?.status).toBe(status);
      expect(seen.length).toBe(1);
    });

  for (const [what, baseUrl] of Object.entries({
    'where nothing listens': 'http://127.0.0.1:1/v1.0',
    'by the name localhost': 'http://localhost:1/v1.0',
    'whose address speaks of timeouts and resets': 'http://127.0.0.1:1/timeout/ECONNRESET/v1.0',
  }))
    test(`a target ${what} is unreachable, with the reason, ${by}`, async () => {
      const exchange = await withClient({ baseUrl }, (client) =>
        client.send(exampleRequest(override), 1),
      );
      expect(exchange.failure).toEqual({
        kind: 'unreachable',
        detail: 'ECONNREFUSED',
        code: 'ECONNREFUSED',
      });
      expect(exchange.response).toBeUndefined();
    });
}

for (const [by, override] of Object.entries(clients))
  test(`a body of hundreds of megabytes when it is decoded is not held whole, ${by}`, async () => {
    // A gzip file may have many members (RFC 1952 §2.2): so the test itself needs little memory.
    const member = gzipSync(Buffer.alloc(mebibyte, ' '));
    const bytes = Buffer.concat(Array.from({ length: 400 }, () => member));
    const before = process.resourceUsage().maxRSS;
    const { failure } = (await sendTo(ending(encoded(bytes, 'gzip')), override)).exchange;
    expect(failure?.kind).toBe('too large');
    // The most memory so far, in KiB.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan((100 * mebibyte) / 1024);
  });

test('a target that dies between two requests is met by each of them on its own', async () => {
  const server = await rawServer(ending());
  await withClient(server, async (client) => {
    expect((await client.send(exampleRequest(), 1)).response?.status).toBe(201);
    await server.close();
    expect((await client.send(exampleRequest(), 2)).failure?.kind).toBe('unreachable');
  });
});
