import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { responseLimit } from '../../../fixtures/http/client.ts';
import type { FailureKind } from '../../../schemas/files/recording.ts';
import {
  answer,
  call,
  clients,
  clientTo,
  type Responder,
  rawServer,
  sendTo,
} from '../support/raw-server.ts';

interface Case {
  readonly answer: Responder;
  readonly kind: FailureKind;
  /** Status and body of the part that came; none where no head was understood. */
  readonly part?: readonly [status: number, body: string];
  readonly timeoutMs?: number;
}

const ending =
  (bytes: string | Buffer): Responder =>
  (socket) =>
    socket.end(bytes);
const half = (headers: readonly string[], status = '201 Created'): Buffer =>
  answer('{"id"', { framing: 'own', status, headers: ['Content-Length: 100', ...headers] });
const chunked = (body: string): Buffer =>
  answer(body, { framing: 'own', headers: ['Transfer-Encoding: chunked'] });

const cases: Readonly<Record<string, Case>> = {
  'closes without a byte': { answer: (socket) => socket.end(), kind: 'dropped' },
  'resets the connection': { answer: (socket) => socket.resetAndDestroy(), kind: 'reset' },
  'closes in the middle of a body': {
    answer: ending(half([])),
    kind: 'cut off',
    part: [201, '{"id"'],
  },
  'closes behind the head': {
    answer: ending(half([]).subarray(0, -5)),
    kind: 'cut off',
    part: [201, ''],
  },
  'resets in the middle of a body': {
    answer: (socket) =>
      socket.write(half([]), () => setTimeout(() => socket.resetAndDestroy(), 100)),
    kind: 'cut off',
    part: [201, '{"id"'],
  },
  'closes in the middle of a chunk': {
    answer: ending(chunked('64\r\n{"id"')),
    kind: 'cut off',
    part: [201, '64\r\n{"id"'],
  },
  'closes before the last chunk': {
    answer: ending(chunked('2\r\n{}\r\n')),
    kind: 'cut off',
    part: [201, '2\r\n{}\r\n'],
  },
  'closes in the middle of a head': {
    answer: ending('HTTP/1.1 201 Created\r\nContent-'),
    kind: 'unreadable',
  },
  'closes in the middle of a status line': { answer: ending('HTTP/1.1 2'), kind: 'unreadable' },
  'closes behind an interim answer': {
    answer: ending('HTTP/1.1 103 Early Hints\r\n\r\n'),
    kind: 'unreadable',
  },
  'speaks another protocol': { answer: ending('SSH-2.0-OpenSSH_9.6\r\n'), kind: 'unreadable' },
  'sends a page without a head': {
    answer: ending('<!doctype html><title>x</title>\n'),
    kind: 'unreadable',
  },
  'sends a head with a nameless line': {
    answer: ending('HTTP/1.1 201 Created\r\n: x\r\n\r\n'),
    kind: 'unreadable',
  },
  'sends two lengths that differ': {
    answer: ending(answer('{}', { headers: ['Content-Length: 3'] })),
    kind: 'unreadable',
  },
  'sends a chunk without a size': {
    answer: ending(chunked('zz\r\n{}')),
    kind: 'unreadable',
    part: [201, 'zz\r\n{}'],
  },
  'sends a head beyond all measure': {
    answer: ending(`HTTP/1.1 201 Created\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`),
    kind: 'unreadable',
  },
  'calls gzip what is none': {
    answer: ending(answer('{"id":"x"}', { headers: ['Content-Encoding: gzip'] })),
    kind: 'undecodable',
    part: [201, '{"id":"x"}'],
  },
  'calls Brotli what is none': {
    answer: ending(answer('{"id":"x"}', { headers: ['Content-Encoding: br'] })),
    kind: 'undecodable',
    part: [201, '{"id":"x"}'],
  },
  'never answers': { answer: () => {}, kind: 'timed out', timeoutMs: 250 },
  'stops in the middle of a head': {
    answer: (socket) => socket.write('HTTP/1.1 201 Cre'),
    kind: 'timed out',
    timeoutMs: 250,
  },
  'stops in the middle of a body': {
    answer: (socket) => socket.write(half([])),
    kind: 'timed out',
    part: [201, '{"id"'],
    timeoutMs: 250,
  },
  // A client's error holds the heads of request and answer: their words are no cause.
  'closes early and tells its keep-alive timeout': {
    answer: ending(half(['Keep-Alive: timeout=5'])),
    kind: 'cut off',
    part: [201, '{"id"'],
  },
  'closes a 504 early': {
    answer: ending(half([], '504 Gateway Timeout')),
    kind: 'cut off',
    part: [504, '{"id"'],
  },
  'closes early and names a reset': {
    answer: ending(half(['X-Error: ECONNRESET socket hang up'])),
    kind: 'cut off',
    part: [201, '{"id"'],
  },
  'closes early and names a parser': {
    answer: ending(half(['X-Error: Parse Error HPE_INVALID'])),
    kind: 'cut off',
    part: [201, '{"id"'],
  },
  'closes early and names a compression': {
    answer: ending(half(['X-Error: failed to decompress'])),
    kind: 'cut off',
    part: [201, '{"id"'],
  },
};

for (const [by, override] of Object.entries(clients))
  for (const [name, { answer, kind, part, timeoutMs }] of Object.entries(cases))
    test(`a server that ${name} is told as ${kind}, ${by}`, async () => {
      const { exchange, seen, connections } = await sendTo(answer, override, timeoutMs);
      expect(exchange.failure).toEqual({ kind, detail: '' });
      const came = exchange.response;
      expect(came && [came.status, came.body.toString()]).toEqual(part);
      expect([seen.length, connections]).toEqual([1, 1]);
    });

const stream =
  (bytes: number): Responder =>
  (socket) => {
    const head = `HTTP/1.1 201 Created\r\nContent-Length: ${bytes}\r\n\r\n`;
    socket.end(head + 'x'.repeat(bytes));
  };

for (const [by, override] of Object.entries(clients)) {
  test(`an answer of four times the limit is cut off and said to be too large, ${by}`, async () => {
    const { exchange } = await sendTo(stream(4 * responseLimit), override);
    expect(exchange.failure?.kind).toBe('too large');
    expect(exchange.response?.status).toBe(201);
    const kept = exchange.response?.body ?? Buffer.alloc(0);
    expect(kept.length).toBeGreaterThan(responseLimit / 2);
    expect(kept.length).toBeLessThanOrEqual(2 * responseLimit);
    expect(kept.equals(Buffer.alloc(kept.length, 'x'))).toBe(true);
  });

  test(`an answer just below the limit is whole, ${by}`, async () => {
    const { exchange } = await sendTo(stream(responseLimit - 100), override);
    expect(exchange.failure).toBeUndefined();
    expect(exchange.response?.body.length).toBe(responseLimit - 100);
  });

  test(`an answer without an end is cut off at the limit, ${by}`, async () => {
    const { exchange } = await sendTo((socket) => {
      socket.write('HTTP/1.1 201 Created\r\n\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write('x'.repeat(10_000)));
      };
      socket.on('drain', more);
      more();
    }, override);
    expect(exchange.failure?.kind).toBe('too large');
  });

  test(`interim answers without an end are cut off at the limit, ${by}`, async () => {
    const { exchange } = await sendTo((socket) => {
      const more = () => {
        while (!socket.destroyed && socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)));
      };
      socket.on('drain', more);
      more();
    }, override);
    expect(exchange.failure?.kind).toBe('too large');
  });

  test(`a body that swells beyond the limit when decoded is too large as well, ${by}`, async () => {
    const bomb = gzipSync(Buffer.alloc(8 * responseLimit, ' '));
    const { exchange } = await sendTo(
      ending(answer(bomb, { headers: ['Content-Encoding: gzip'] })),
      override,
    );
    expect(exchange.failure?.kind).toBe('too large');
    expect(exchange.response?.body.length ?? 0).toBeLessThanOrEqual(2 * responseLimit);
  });

  // Playwright decodes as far as the bytes go: what is missing then shows in the JSON.
  test(`a gzip that lacks its end is read as far as it goes, ${by}`, async () => {
    const text = '{"id":"a long enough text to be torn"}';
    const torn = gzipSync(text).subarray(0, -12);
    const { exchange } = await sendTo(
      ending(answer(torn, { headers: ['Content-Encoding: gzip'] })),
      override,
    );
    expect(exchange.failure).toBeUndefined();
    const read = exchange.response?.body.toString() ?? '';
    expect(read.length).toBeLessThan(text.length);
    expect(text.startsWith(read)).toBe(true);
  });

  for (const [what, begin, drip] of [
    ['body', 'HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n', 'x'],
    ['chunks', 'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
    ['head', 'HTTP/1.1 201 Created\r\n', 'X: y\r\n'],
  ] as const)
    test(`a ${what} that trickles without end is given up at the time limit, ${by}`, async () => {
      const trickling: Responder = (socket) => {
        socket.write(begin);
        const timer = setInterval(() => socket.write(drip), 20);
        socket.on('close', () => clearInterval(timer));
      };
      const { exchange, seen } = await sendTo(trickling, override, 400);
      expect(exchange.failure).toEqual({ kind: 'timed out', detail: '' });
      expect(exchange.response?.status).toBe(what === 'head' ? undefined : 201);
      expect(seen.length).toBe(1);
    });
}

for (const [by, override] of Object.entries(clients)) {
  test(`nobody listening is told as unreachable, with the reason, ${by}`, async () => {
    const client = clientTo('http://127.0.0.1:1/v1.0');
    const exchange = await client.send(call(override), 1);
    await client.close();
    expect(exchange.failure).toEqual({ kind: 'unreachable', detail: 'ECONNREFUSED' });
    expect(exchange.response).toBeUndefined();
  });

  test(`nobody listening stays unreachable where the address speaks of timeouts and resets, ${by}`, async () => {
    const client = clientTo('http://127.0.0.1:1/timeout/ECONNRESET/v1.0');
    const exchange = await client.send(call(override), 1);
    await client.close();
    expect(exchange.failure).toEqual({ kind: 'unreachable', detail: 'ECONNREFUSED' });
  });
}

test('a target that dies between two calls is met by each of them on its own', async () => {
  const server = await rawServer((socket) => socket.end(answer('{}')));
  const client = clientTo(server.baseUrl);
  expect((await client.send(call(), 1)).response?.status).toBe(201);
  await server.close();
  expect((await client.send(call(), 2)).failure?.kind).toBe('unreachable');
  await client.close();
});
