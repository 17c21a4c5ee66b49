import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { generate, type SelfsignedOptions } from 'selfsigned';

/** A server of the tests, by its port on 127.0.0.1. */
export type Listening = Awaited<ReturnType<typeof listening>>;

export interface ProxyOptions {
  /** Where every CONNECT leads, whatever host it names: nothing leaves this machine. */
  readonly leadsTo?: number;
  /** What it demands as Proxy-Authorization. */
  readonly credential?: string;
  /** What it does to CONNECT instead: a status, or nothing of HTTP. */
  readonly instead?: number | 'reset' | 'silence';
}

/**
 * Starts a proxy that opens tunnels (RFC 9110 §9.3.6). Its refusals repeat what it was sent. `asked`: the
 * target of each CONNECT with its Proxy-Authorization.
 */
export async function startProxy({ leadsTo = 0, credential, instead }: ProxyOptions) {
  const asked: [string, string | undefined][] = [];
  const server = createServer();
  server.on('connect', (request, client: Socket) => {
    const given = request.headers['proxy-authorization'];
    asked.push([request.url ?? '', given]);
    client.on('error', () => {});
    const refuse = (status: number) =>
      client.end(`HTTP/1.1 ${status} No\r\nX-Echo: ${given}\r\nContent-Length: 2\r\n\r\nno`);
    if (instead === 'reset') return client.resetAndDestroy();
    if (instead === 'silence') return undefined;
    if (instead !== undefined) return refuse(instead);
    if (credential !== undefined && given !== credential) return refuse(407);
    const upstream = connect(leadsTo, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    return upstream.on('error', () => client.destroy());
  });
  return { asked, ...(await listening(server)) };
}

/**
 * A certificate for `name` and 127.0.0.1, and its key. It signs itself unless `options` name an authority;
 * Node trusts it where NODE_EXTRA_CA_CERTS names it.
 */
export async function certificateFor(name: string, options: SelfsignedOptions = {}) {
  const altNames = [
    { type: 2 as const, value: name },
    { type: 7 as const, ip: '127.0.0.1' },
  ];
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames },
    ],
    ...options,
  });
  return { cert, key };
}

/** Speaks TLS in front of a server of this machine that does not. */
export async function startTlsFront(certificate: TlsOptions, leadsTo: number) {
  const server = createTlsServer(certificate, (client) => {
    const upstream = connect(leadsTo, '127.0.0.1');
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.pipe(upstream).pipe(client);
  });
  server.on('tlsClientError', () => {});
  return listening(server);
}

/** Listens on a free port of an address of this machine; closing ends every connection. */
export async function listening(server: Server, address = '127.0.0.1') {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port, close };
}
