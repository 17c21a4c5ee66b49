import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { start } from '../support/process.ts';
import { certificateFor, type Listening, listening } from '../support/proxy.ts';
import { clients, exampleRequest, withClient } from '../support/raw-server.ts';
import { emptyFolder, root } from '../support/run.ts';

const day = 86_400_000;
const ok: RequestListener = (_, response) => response.end('{}');

const https = async (given: ServerOptions = {}) =>
  listening(createHttpsServer({ ...(await certificateFor('test')), ...given }, ok));

/** Of an authority that nobody here trusts. */
async function signed() {
  const { cert, key } = await certificateFor('an authority');
  return certificateFor('test', { ca: { cert, key } });
}

// biome-ignore format: a row a line
const untrusted: readonly (readonly [what: string, start: () => Promise<Listening>, detail: string, code: string])[] = [
  ['a certificate that signs itself', https, 'self-signed certificate', 'UNTRUSTED'],
  ['a certificate of an unknown authority', async () => https(await signed()), 'unable to verify the first certificate', 'UNTRUSTED'],
  ['a server that answers in plain text', () => listening(createServer(ok)), 'it speaks no TLS there, and the URL begins with https:', 'EPROTO'],
];

for (const [what, open, detail, code] of untrusted)
  for (const [by, override] of Object.entries(clients))
    test(`${what} is why a target is unreachable, ${by}`, async () => {
      const server = await open();
      const baseUrl = `https://127.0.0.1:${server.port}/v1.0`;
      const { failure } = await withClient({ baseUrl }, (client) =>
        client.send(exampleRequest(override), 1),
      );
      await server.close();
      expect(failure).toEqual({ kind: 'unreachable', detail, code });
    });

const mutual = { requestCert: true, rejectUnauthorized: true };
const dates = (from: number, to: number) => ({
  notBeforeDate: new Date(Date.now() + from * day),
  notAfterDate: new Date(Date.now() + to * day),
});
const otherName = {
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'other.invalid' }] }],
} as const;

// biome-ignore format: a row a line
const trusted: readonly (readonly [what: string, certificate: object, server: ServerOptions, detail: RegExp])[] = [
  ['an expired certificate', dates(-9, -1), {}, /^certificate has expired$/],
  ['a certificate of tomorrow', dates(1, 9), {}, /^certificate is not yet valid \(is the clock of this machine right\?\)$/],
  ['a certificate for another name', otherName, {}, /^Hostname\/IP does not match certificate's altnames/],
  ['a demand for a client certificate', {}, mutual, /client certificate/],
  ['the same in TLS 1.2', {}, { ...mutual, maxVersion: 'TLSv1.2' }, /^it refused the TLS handshake, as it does where it demands a client certificate or shares no cipher$/],
];

test('a certificate that is trusted may be wrong in other ways, which are said', async () => {
  const folder = emptyFolder();
  const bundle = join(folder, 'trusted.pem');
  const servers: Listening[] = [];
  for (const [what, options, server] of trusted) {
    const made = await certificateFor(what, options);
    writeFileSync(bundle, `${made.cert}\n`, { flag: 'a' });
    servers.push(await https({ ...made, ...server }));
  }
  const script = join(root, 'tests/self/http/send-to-ports.ts');
  const ports = servers.map(({ port }) => String(port));
  const args = [join(root, 'node_modules/jiti/lib/jiti-cli.mjs'), script, ...ports];
  const env = { NODE_EXTRA_CA_CERTS: bundle };
  const { output } = await start(process.execPath, args, folder, env);
  for (const each of servers) await each.close();
  const failures: { detail: string }[] = JSON.parse(output);
  for (const [i, [what, , , detail]] of trusted.entries())
    for (const failure of failures.slice(2 * i, 2 * i + 2))
      expect(failure?.detail ?? '', what).toMatch(detail);
});
