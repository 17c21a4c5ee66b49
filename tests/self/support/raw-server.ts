import { createServer, type Socket } from 'node:net';
import { request } from 'playwright';
import { type ClientSettings, type HttpClient, httpClient } from '../../../fixtures/http/client.ts';
import { documentedExample } from '../../../fixtures/requests/bodies.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import type { Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import { listening } from './proxy.ts';

/** A request as it stood on the wire. */
export interface Seen {
  readonly line: string;
  /** Names in lower case, in the order they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The whole of it. */
  readonly raw: string;
}

/** Called for the n-th whole request, from 1. */
export type Responder = (socket: Socket, request: Seen, n: number) => void;

type RawServer = Awaited<ReturnType<typeof rawServer>>;

/** A server that knows of HTTP only where a request ends: what it sends back is up to each test. */
export async function rawServer(respond: Responder, address = '127.0.0.1') {
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    let received = Buffer.alloc(0);
    // A client that gave up is no failure of the server.
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const whole = read(received);
      if (whole === undefined) return;
      received = Buffer.alloc(0);
      seen.push(whole);
      respond(socket, whole, seen.length);
    });
  });
  const { port, close } = await listening(server, address);
  const host = address.includes(':') ? `[${address}]` : address;
  return { baseUrl: `http://${host}:${port}/v1.0`, seen, connections: () => connections, close };
}

function read(bytes: Buffer): Seen | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((each) => {
    const colon = each.indexOf(':');
    return [each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim()] as const;
  });
  const body = bytes.subarray(end + 4);
  const named = new Map(headers);
  const isWhole = named.has('transfer-encoding')
    ? body.includes('0\r\n\r\n')
    : body.length >= Number(named.get('content-length') ?? 0);
  return isWhole ? { line, headers, body, raw: bytes.toString('latin1') } : undefined;
}

/** Every value of a header; `name` in lower case. */
export function headerOf({ headers }: Seen, name: string): string[] {
  return headers.filter(([each]) => each === name).map(([, value]) => value);
}

export const token = 'canary.Zx9-QmVhcmVy_7f3e1d5b9a~42';

/** The documented example on /me, changed where a test says so. */
export function exampleRequest(override: Partial<RequestCase> = {}): RequestCase {
  return {
    name: 'example',
    kind: 'create',
    route: 'me',
    why: 'a test',
    method: 'POST',
    path: routePath('me', undefined),
    credential: 'token',
    contentType: 'application/json',
    body: documentedExample.body,
    deletedDateTime: documentedExample.deletedDateTime,
    ...override,
  };
}

/** The two ways to send: the documented creates go by Playwright, and what departs from them by our own sender. */
export const clients: Readonly<Record<string, Partial<RequestCase>>> = {
  'by Playwright': {},
  'by our own sender': { kind: 'equivalent' },
};

type Settings = Partial<Pick<ClientSettings, 'baseUrl' | 'userId' | 'timeoutMs'>>;

/** Uses a client, and closes it. */
export async function withClient<T>(
  { baseUrl = '', userId, timeoutMs = 20_000 }: Settings,
  use: (client: HttpClient) => Promise<T>,
): Promise<T> {
  const tokens = { bearer: async () => token, personal: undefined };
  const settings = { baseUrl, userId, isMock: true, tokens, timeoutMs, userAgent: 'self' };
  const client = httpClient(request, settings);
  return use(client).finally(() => client.close());
}

/** Uses a client and the server it is for, and closes both. */
export async function withServer<T>(
  respond: Responder,
  use: (client: HttpClient, server: RawServer) => Promise<T>,
  settings: Settings = {},
): Promise<T> {
  const server = await rawServer(respond);
  const { baseUrl } = server;
  return withClient({ baseUrl, ...settings }, (client) => use(client, server)).finally(
    server.close,
  );
}

/** What a server does, or the bytes that it sends before it ends the connection. */
export type Sent = Responder | string | Buffer;

/** What becomes of one request to a server that responds so; the server counts what it saw. */
export function sendTo(
  sent: Sent = httpMessage('{}'),
  override: Partial<RequestCase> = {},
  timeoutMs = 20_000,
) {
  const use = async (client: HttpClient, { seen, connections }: RawServer) => {
    const exchange = await client.send(exampleRequest(override), 1);
    return { ...exchange, exchange, seen, connections: connections() };
  };
  return withServer(typeof sent === 'function' ? sent : ending(sent), use, { timeoutMs });
}

/** What becomes of one request to a server that is there, or not. */
export function sendAt(
  baseUrl: string,
  override: Partial<RequestCase>,
  timeoutMs = 20_000,
): Promise<Exchange> {
  return withClient({ baseUrl, timeoutMs }, (client) => client.send(exampleRequest(override), 1));
}

/** An HTTP message; the length is counted unless a test frames the body itself. */
export function httpMessage(
  body: string | Buffer,
  { status = '201 Created', headers = [] as readonly string[], framing = 'counted' } = {},
): Buffer {
  const bytes = Buffer.from(body);
  const length = framing === 'counted' ? [`Content-Length: ${bytes.length}`] : [];
  const head = [`HTTP/1.1 ${status}`, 'Content-Type: application/json', ...length, ...headers];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** Sends these bytes and ends the connection; by default an empty object. */
export function ending(bytes: string | Buffer = httpMessage('{}')): Responder {
  return (socket) => socket.end(bytes);
}
