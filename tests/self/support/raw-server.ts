import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { request } from 'playwright';
import { oneToken } from '../../../fixtures/http/authorization.ts';
import { HttpClient } from '../../../fixtures/http/client.ts';
import { documentedExample } from '../../../fixtures/requests/bodies.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import type { Exchange, RequestCase } from '../../../schemas/files/recording.ts';

/** A request as it stood on the wire. */
export interface Seen {
  readonly line: string;
  /** Names in lower case, in the order they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A server that knows no HTTP but where a request ends: what it answers is up to each test. */
export interface RawServer {
  readonly baseUrl: string;
  readonly seen: readonly Seen[];
  connections(): number;
  close(): Promise<void>;
}

export type Responder = (socket: Socket, request: Seen, n: number) => void;

/** Listens on a free port of 127.0.0.1; `answer` is called once a request is whole. */
export async function rawServer(answer: Responder): Promise<RawServer> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let received = Buffer.alloc(0);
    // A client that gave up is no failure of the server.
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const whole = read(received);
      if (whole === undefined) return;
      received = Buffer.alloc(0);
      seen.push(whole);
      answer(socket, whole, seen.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { baseUrl: `http://127.0.0.1:${port}/v1.0`, seen, connections: () => connections, close };
}

function read(bytes: Buffer): Seen | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((each) => {
    const colon = each.indexOf(':');
    return [each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim()] as const;
  });
  const length = Number(headers.find(([name]) => name === 'content-length')?.[1] ?? 0);
  const body = bytes.subarray(end + 4);
  return body.length < length ? undefined : { line, headers, body };
}

export function headerOf({ headers }: Seen, name: string): string[] {
  return headers.filter(([each]) => each === name).map(([, value]) => value);
}

export const token = 'canary.Zx9-QmVhcmVy_7f3e1d5b9a~42';

/** The documented example on /me, departing where a test says so. */
export function call(override: Partial<RequestCase> = {}): RequestCase {
  return {
    name: 'call',
    kind: 'create',
    route: 'me',
    why: 'a test',
    method: 'POST',
    path: routePath('me', undefined),
    credential: 'token',
    contentType: 'application/json',
    body: documentedExample.bytes,
    deletedDateTime: documentedExample.deletedDateTime,
    ...override,
  };
}

/** A call goes out in one of two clients: Playwright's client, or Node's own where no Content-Type may be added. */
export const clients: Readonly<Record<string, Partial<RequestCase>>> = {
  'by Playwright': {},
  'without a Content-Type': { contentType: undefined },
};

export function clientTo(
  baseUrl: string,
  { userId, timeoutMs = 20_000 }: { userId?: string; timeoutMs?: number } = {},
): HttpClient {
  return new HttpClient(request, {
    baseUrl,
    userId,
    tokens: oneToken(token),
    timeoutMs,
    userAgent: 'self',
  });
}

/** What becomes of one call to a server that answers so; the server counts what it saw. */
export async function sendTo(
  answer: Responder,
  override: Partial<RequestCase> = {},
  timeoutMs?: number,
): Promise<{ exchange: Exchange; seen: readonly Seen[]; connections: number }> {
  const server = await rawServer(answer);
  const client = clientTo(server.baseUrl, timeoutMs === undefined ? {} : { timeoutMs });
  try {
    const exchange = await client.send(call(override), 1);
    return { exchange, seen: server.seen, connections: server.connections() };
  } finally {
    await client.close();
    await server.close();
  }
}

/** An HTTP message; the length is counted unless a test gives its own framing. */
export function answer(
  body: string | Buffer,
  {
    status = '201 Created',
    headers = [] as readonly string[],
    framing = 'counted' as 'counted' | 'own',
  } = {},
): Buffer {
  const bytes = Buffer.from(body);
  const length = framing === 'counted' ? [`Content-Length: ${bytes.length}`] : [];
  const head = [`HTTP/1.1 ${status}`, 'Content-Type: application/json', ...length, ...headers];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}
