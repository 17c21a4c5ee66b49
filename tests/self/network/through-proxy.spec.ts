import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startMock } from '../../../fixtures/mock/server.ts';
import type { Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { certificateFor, type ProxyOptions, startProxy, startTlsFront } from '../support/proxy.ts';
import { clients, sendAt } from '../support/raw-server.ts';
import { contract, emptyFolder, pointedAt, recordingsIn } from '../support/run.ts';
import { unsigned } from '../support/sign-in.ts';
import { unusedPort } from '../support/unused-port.ts';

const name = 'graph.contract.invalid';
const baseUrl = `https://${name}/v1.0`;
const password = 'canary-of-a-proxy.7f3e1d5b9a';
const credential = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
const secrets = [password, credential.slice('Basic '.length)];
/** Of its own for each run: one run a tenant at a time on this machine. */
const tenant = randomUUID();
const token = unsigned({ tid: tenant, aud: `https://${name}`, exp: 4_000_000_000, scp: 'x' });

/** Sends one request by a proxy of the environment, which the tests of this file set for themselves. */
async function sendBy(proxy: string, override: Partial<RequestCase>): Promise<Exchange> {
  process.env.HTTPS_PROXY = proxy;
  return sendAt(baseUrl, override, 1_000).finally(() => {
    delete process.env.HTTPS_PROXY;
  });
}

// biome-ignore format: a row a line
const faults: readonly (readonly [what: string, options: ProxyOptions | undefined, says: string])[] = [
  ['demands other authentication', { credential: 'Basic other' }, 'wants another user and password in its URL (407)'],
  ['refuses the host', { instead: 403 }, 'refused to connect to the host (403)'],
  ['resets', { instead: 'reset' }, 'closed the connection without an answer'],
  ['is silent', { instead: 'silence' }, 'did not answer within 1000 ms'],
  ['is away', undefined, 'could not be reached (ECONNREFUSED)'],
];

for (const [by, override] of Object.entries(clients)) {
  for (const [what, options, says] of faults)
    test(`a proxy that ${what} is said to, and nothing of its response is kept, ${by}`, async () => {
      const proxy = options && (await startProxy(options));
      const port = proxy?.port ?? (await unusedPort());
      const { failure, response } = await sendBy(
        `http://me:${password}@127.0.0.1:${port}`,
        override,
      );
      await proxy?.close();
      expect(response).toBeUndefined();
      const detail = `the proxy 127.0.0.1:${port} (HTTPS_PROXY) ${says}`;
      expect(failure).toEqual({ kind: 'unreachable', detail });
    });

  test(`what fails behind a proxy is not blamed on it, ${by}`, async () => {
    const front = await startTlsFront(await certificateFor(name), await unusedPort());
    const proxy = await startProxy({ leadsTo: front.port, credential });
    const { failure } = await sendBy(`http://me:${password}@127.0.0.1:${proxy.port}`, override);
    for (const each of [proxy, front]) await each.close();
    expect(proxy.asked).toEqual([[`${name}:443`, credential]]);
    expect(failure?.detail).toBe('self-signed certificate');
  });
}

test('a whole run goes through the proxy that is set, and shows neither its password nor sends it on', async () => {
  const mock = await startMock({ token });
  const certificate = await certificateFor(name);
  const front = await startTlsFront(certificate, Number(new URL(mock.baseUrl).port));
  const proxy = await startProxy({ leadsTo: front.port, credential });
  const folder = emptyFolder();
  const trusted = join(folder, 'ca.pem');
  writeFileSync(trusted, certificate.cert);
  const run = await contract(
    {
      ...pointedAt({ ...mock, baseUrl }),
      GRAPH_LIVE_TENANT: tenant,
      HTTPS_PROXY: `http://me:${password}@127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: trusted,
      DEBUG: '*',
    },
    [],
    folder,
  );
  for (const each of [proxy, front, mock]) await each.close();
  expect(run.output).toContain(`proxy    127.0.0.1:${proxy.port} (HTTPS_PROXY) for ${name}`);
  const [lines = []] = recordingsIn(folder);
  const text = JSON.stringify(lines);
  expect(text.split('"status":201').length).toBeGreaterThan(6);
  expect(text).not.toContain('"failure"');
  const asked = proxy.asked.map((each) => each.join(' '));
  expect([...new Set(asked)]).toEqual([`${name}:443 ${credential}`]);
  expect(leaksInText('output', run.output, secrets)).toEqual([]);
  expect(leaksIn(folder, secrets)).toEqual([]);
});
