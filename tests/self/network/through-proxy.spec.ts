import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SignInHttp } from '../../../fixtures/auth/http.ts';
import { startMock } from '../../../fixtures/mock/server.ts';
import type { Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { certificateFor, startProxy, startTlsFront, type TestProxy } from '../support/proxy.ts';
import { clients, exampleRequest, withClient } from '../support/raw-server.ts';
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
  try {
    return await withClient({ baseUrl, timeoutMs: 1_000 }, (client) =>
      client.send(exampleRequest(override), 1),
    );
  } finally {
    delete process.env.HTTPS_PROXY;
  }
}

/** The sentence of a sign-in by a proxy that fails. */
async function signInBy(proxy: string): Promise<string> {
  process.env.HTTPS_PROXY = proxy;
  const login = 'https://login.contract.invalid';
  const server = `the sign-in server ${login}`;
  const asked = { method: 'client-secret', graph: baseUrl, server, check: 'check it' };
  try {
    const http = new SignInHttp(asked, 1_000, ({ origin }) => origin === login);
    await http.send('POST', `${login}/token`, { body: 'a=b' });
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    delete process.env.HTTPS_PROXY;
  }
}

type Start = () => Promise<Pick<TestProxy, 'port' | 'close'> & Partial<TestProxy>>;
const away: Start = async () => ({ port: await unusedPort(), close: async () => {} });
const at =
  (start: Parameters<typeof startProxy>[0]): Start =>
  () =>
    startProxy(start);

/** What a proxy does, whether its URL holds a credential, and what is said of it. */
const faults: Readonly<Record<string, readonly [Start, boolean, string, string]>> = {
  'demands authentication': [
    at({ credential }),
    false,
    'demands authentication (407), and its URL holds no user and password',
    'PROXY_AUTHENTICATION',
  ],
  'refuses the password': [
    at({ credential: 'Basic other' }),
    true,
    'refused the user and password of its URL (407)',
    'PROXY_AUTHENTICATION',
  ],
  'refuses the host': [
    at({ instead: 403 }),
    true,
    'refused to connect to the host (403)',
    'PROXY_REFUSED',
  ],
  'finds no host': [
    at({ instead: 502 }),
    true,
    'refused to connect to the host (502)',
    'PROXY_REFUSED',
  ],
  resets: [
    at({ instead: 'reset' }),
    true,
    'closed the connection without an answer',
    'PROXY_CLOSED',
  ],
  closes: [
    at({ instead: 'close' }),
    true,
    'closed the connection without an answer',
    'PROXY_CLOSED',
  ],
  'is silent': [at({ instead: 'silence' }), true, 'did not answer within 1000 ms', 'PROXY_SILENT'],
  'is away': [away, true, 'could not be reached (ECONNREFUSED)', 'PROXY_AWAY'],
};

for (const [what, [start, hasCredential, says, code]] of Object.entries(faults)) {
  const urlOf = (port: number) =>
    `http://${hasCredential ? `me:${password}@` : ''}127.0.0.1:${port}`;
  const sentence = (port: number) => `the proxy 127.0.0.1:${port} (HTTPS_PROXY) ${says}`;

  for (const [by, override] of Object.entries(clients))
    test(`a proxy that ${what} is said to, and nothing of its response is kept, ${by}`, async () => {
      const { port, close } = await start();
      const { failure, response } = await sendBy(urlOf(port), override);
      await close();
      expect(response).toBeUndefined();
      expect(failure).toMatchObject({ kind: 'unreachable', code });
      expect(failure?.detail).toContain(sentence(port));
    });

  test(`a proxy that ${what} is said to where a sign-in goes through it`, async () => {
    const { port, close } = await start();
    const said = await signInBy(urlOf(port));
    await close();
    expect(said).toContain(`could not be reached, because ${sentence(port)}: check`);
    expect(leaksInText('said', said, secrets)).toEqual([]);
  });
}

test('what fails behind a proxy is not blamed on it where a sign-in goes through it', async () => {
  const front = await startTlsFront(await certificateFor('login.contract.invalid'), 1);
  const proxy = await startProxy({ leadsTo: front.port });
  const said = await signInBy(`http://127.0.0.1:${proxy.port}`);
  for (const each of [proxy, front]) await each.close();
  expect(proxy.asked).toEqual([['login.contract.invalid:443', undefined]]);
  expect(said).toContain('because its certificate is self-signed and not trusted here: check');
});

for (const [by, override] of Object.entries(clients))
  test(`what fails behind a proxy is not blamed on it, ${by}`, async () => {
    const front = await startTlsFront(await certificateFor(name), await unusedPort());
    const proxy = await startProxy({ leadsTo: front.port, credential });
    const { failure } = await sendBy(`http://me:${password}@127.0.0.1:${proxy.port}`, override);
    expect(proxy.asked).toEqual([[`${name}:443`, credential]]);
    expect(failure?.code).toBe('SELF_SIGNED');
    await proxy.close();
    await front.close();
  });

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
  expect(
    lines.filter((line) => JSON.stringify(line).includes('"status":201')).length,
  ).toBeGreaterThan(5);
  expect(JSON.stringify(lines)).not.toContain('"failure"');
  expect(new Set(proxy.asked.map(([target, given]) => `${target} ${given}`))).toEqual(
    new Set([`${name}:443 ${credential}`]),
  );
  expect(leaksInText('output', run.output, secrets)).toEqual([]);
  expect(leaksIn(folder, secrets)).toEqual([]);
});

test('a whole run whose proxy refuses says so, and writes nothing of its password', async () => {
  const proxy = await startProxy({ credential: 'Basic other' });
  const { code, output, folder } = await contract({
    ...pointedAt({ baseUrl, token, userId: 'somebody' }),
    GRAPH_LIVE_TENANT: tenant,
    HTTPS_PROXY: `http://me:${password}@127.0.0.1:${proxy.port}`,
  });
  await proxy.close();
  expect(code).toBe(1);
  expect(output).toContain(
    `because the target could not be reached: the proxy 127.0.0.1:${proxy.port} (HTTPS_PROXY) refused the user and password of its URL (407)`,
  );
  expect(leaksInText('output', output, secrets)).toEqual([]);
  expect(leaksIn(folder, secrets)).toEqual([]);
});

test('a run at this machine uses no proxy', async () => {
  const mock = await startMock();
  const proxy = await startProxy({ instead: 403 });
  const url = `http://127.0.0.1:${proxy.port}`;
  const { code, output } = await contract({
    ...pointedAt(mock),
    CONTRACT_SAMPLES: '1',
    HTTPS_PROXY: url,
    HTTP_PROXY: url,
    ALL_PROXY: url,
  });
  for (const each of [proxy, mock]) await each.close();
  expect(code, output).toBe(0);
  expect(output).not.toContain('proxy ');
  expect(proxy.asked).toEqual([]);
});
