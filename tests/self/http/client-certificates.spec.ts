import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { generate, type SelfsignedOptions } from 'selfsigned';
import { TlsPort } from '../../../fixtures/http/tls-port.ts';
import type { Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import { type Listening, listening } from '../support/proxy.ts';
import { clients, exampleRequest, withClient } from '../support/raw-server.ts';
import { contract, emptyFolder, pointedAt, recordingsIn } from '../support/run.ts';

const day = 86_400_000;
const ok: RequestListener = (_, response) => response.end('{}');

/** A certificate of its own for 127.0.0.1. */
async function certificate(options: SelfsignedOptions = {}) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'test' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    ...options,
  });
  return { cert, key };
}

const https = async (given: ServerOptions = {}) =>
  listening(createHttpsServer({ ...(await certificate()), ...given }, ok));
const mutual = { requestCert: true, rejectUnauthorized: true };

/** A certificate that an authority signed which nobody here trusts. */
async function signed() {
  const authority = await generate([{ name: 'commonName', value: 'an authority' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true }],
  });
  return certificate({ ca: { cert: authority.cert, key: authority.private } });
}

type Case = readonly [start: () => Promise<Listening>, detail: string, code: string];

/** What stands at the port of an https URL. */
const cases: Readonly<Record<string, Case>> = {
  'a certificate that signs itself': [
    https,
    'its certificate is self-signed and not trusted here',
    'SELF_SIGNED',
  ],
  'a certificate of an unknown authority': [
    async () => https(await signed()),
    'its certificate comes from an authority that is not trusted here',
    'UNTRUSTED',
  ],
  'a server that answers in plain text': [
    async () => listening(createServer(ok)),
    'it speaks no TLS there, and the URL begins with https:',
    'NO_TLS',
  ],
};

/** The same with a certificate that the test trusts, in a run of its own. */
const trusted: Readonly<
  Record<string, readonly [SelfsignedOptions, ServerOptions | 'HTTP/2', string]>
> = {
  'an expired certificate': [
    { notBeforeDate: new Date(Date.now() - 9 * day), notAfterDate: new Date(Date.now() - day) },
    {},
    'its certificate has expired',
  ],
  'a certificate that is not valid yet': [
    { notBeforeDate: new Date(Date.now() + day), notAfterDate: new Date(Date.now() + 9 * day) },
    {},
    'its certificate is not valid yet (is the clock of this machine right?)',
  ],
  'a certificate for another name': [
    { extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'other.invalid' }] }] },
    {},
    'its certificate is for another name',
  ],
  'a demand for a client certificate': [
    {},
    mutual,
    'it demands a client certificate, and this suite has none to send',
  ],
  'a demand for a client certificate in TLS 1.2': [
    {},
    { ...mutual, maxVersion: 'TLSv1.2' },
    'it refused the TLS handshake, as it does where it demands a client certificate or shares no cipher',
  ],
  'a server of HTTP/2 alone': [
    {},
    'HTTP/2',
    'it speaks HTTP/2 alone, and this suite speaks HTTP/1.1',
  ],
};

async function sendTo(port: number, override: Partial<RequestCase>): Promise<Exchange> {
  const baseUrl = `https://127.0.0.1:${port}/v1.0`;
  return withClient({ baseUrl }, (client) => client.send(exampleRequest(override), 1));
}

for (const [what, [start, detail, code]] of Object.entries(cases))
  for (const [by, override] of Object.entries(clients))
    test(`${what} is why a target is unreachable, ${by}`, async () => {
      const server = await start();
      const { failure } = await sendTo(server.port, override);
      await server.close();
      expect(failure).toEqual({ kind: 'unreachable', detail, code });
    });

for (const [by, override] of Object.entries(clients))
  test(`TLS at the port of an http URL is why a target is unreachable, ${by}`, async () => {
    const server = await https();
    const baseUrl = `http://127.0.0.1:${server.port}/v1.0`;
    const port = new TlsPort();
    const { failure } = await withClient({ baseUrl }, async (client) =>
      port.explained(await client.send(exampleRequest(override), 1)),
    );
    await server.close();
    expect(failure).toEqual({
      kind: 'unreachable',
      detail: 'it speaks TLS there, and GRAPH_BASE_URL begins with http:',
      code: 'TLS',
    });
  });

// Node reads NODE_EXTRA_CA_CERTS when it starts, so each of these needs a process of its own.
for (const [what, [options, server, detail]] of Object.entries(trusted))
  test(`${what} is why a run reaches no target`, async () => {
    const made = await certificate(options);
    const folder = emptyFolder();
    const file = join(folder, 'trusted.pem');
    writeFileSync(file, made.cert);
    const { port, close } =
      server === 'HTTP/2'
        ? await listening(createSecureServer(made))
        : await https({ ...made, ...server });
    const { code, output } = await contract(
      {
        ...pointedAt({ baseUrl: `https://127.0.0.1:${port}/v1.0`, token: 't', userId: 'u' }),
        NODE_EXTRA_CA_CERTS: file,
      },
      ['--grep=create-answered|media-type-missing'],
      folder,
    );
    await close();
    expect(code).toBe(1);
    expect(output).toContain(`because the target could not be reached: ${detail}`);
    const failures = recordingsIn(folder)
      .flat()
      .flatMap((line) => (JSON.stringify(line).includes('"failure"') ? [line] : []));
    expect(failures.length).toBeGreaterThan(1);
    for (const line of failures) expect(line).toMatchObject({ failure: { detail } });
  });
