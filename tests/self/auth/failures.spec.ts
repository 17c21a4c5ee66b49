import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { Credential, Fault, IdentityProvider } from '../support/identity-provider/provider.ts';
import { at, bySecret, expect, sentenceOf, signInBy, test } from '../support/sign-in.ts';

const registered = await makeCertificate();
const unregistered = await makeCertificate();
const expired = await makeCertificate({
  notBefore: new Date('2020-01-01'),
  notAfter: new Date('2021-01-01'),
});
const wrongSecret = 'wrong~canary-secret-value';

/** The variables of one method, beside those of the application. */
type Variables = (
  provider: IdentityProvider,
  write: (name: string, text: string) => Promise<string>,
) => Environment | Promise<Environment>;

const byCertificate =
  (pem: string): Variables =>
  async (_, write) => ({ AZURE_CLIENT_CERTIFICATE_PATH: await write('certificate.pem', pem) });
const byAssertion =
  (change: Parameters<IdentityProvider['assertion']>[0]): Variables =>
  async (provider, write) => ({
    AZURE_FEDERATED_TOKEN_FILE: await write('token', await provider.assertion(change)),
  });
const stored: Variables = async (provider, write) => ({
  GRAPH_STORED_SIGN_IN: await write('stored', provider.storedSignIn()),
});

interface Refused {
  readonly name: string;
  readonly env: Variables;
  readonly faults?: Partial<Record<Credential, Fault>>;
  /** What the sentence says, beside that it is one. */
  readonly says: RegExp;
}

/** Servers that refuse: what is wrong is really wrong where the provider can see it, else a fault. */
const refused: readonly Refused[] = [
  {
    name: 'wrong secret',
    env: () => ({ AZURE_CLIENT_SECRET: wrongSecret }),
    says: /secret is wrong: set AZURE_CLIENT_SECRET .+AADSTS7000215/,
  },
  {
    name: 'expired secret',
    env: bySecret,
    faults: { 'client secret': 7000222 },
    says: /has expired: add a new one .+AADSTS7000222/,
  },
  {
    name: 'unregistered certificate',
    env: byCertificate(unregistered.both),
    says: /not registered .+: upload .+AADSTS700027/,
  },
  {
    name: 'assertion of another subject',
    env: byAssertion({ subject: 'repo:owner@1/repo@2:ref:refs/heads/main' }),
    says: /no federated credential .+"repo:owner@1\/repo@2:ref:refs\/heads\/main": add one .+AADSTS700213/,
  },
  {
    name: 'assertion of another issuer',
    env: byAssertion({ issuer: 'https://issuer.example' }),
    says: /issuer "https:\/\/issuer.example": add one .+AADSTS700211/,
  },
  {
    name: 'assertion for another audience',
    env: byAssertion({ audience: 'api://somewhere' }),
    says: /audience "api:\/\/somewhere": add one .+AADSTS700212/,
  },
  {
    name: 'assertion that has expired',
    env: byAssertion({ expiresInSeconds: -3600 }),
    says: /outside its time: set the clock .+ have a fresh assertion .+AADSTS700024/,
  },
  {
    name: 'unknown tenant',
    env: (provider) => ({ ...bySecret(provider), AZURE_TENANT_ID: randomUUID() }),
    says: /tenant \S+ is unknown: check AZURE_TENANT_ID .+AADSTS90002/,
  },
  {
    name: 'unknown application',
    env: (provider) => ({ ...bySecret(provider), AZURE_CLIENT_ID: randomUUID() }),
    says: /is unknown in tenant .+: check AZURE_CLIENT_ID .+AADSTS700016/,
  },
  {
    name: 'consent missing',
    env: stored,
    faults: { 'refresh token': 65001 },
    says: /consent is missing: have an administrator .+AADSTS65001/,
  },
  {
    name: 'MFA needed',
    env: stored,
    faults: { 'refresh token': 50076 },
    says: /multi-factor .+: sign in again at a desk .+AADSTS50076/,
  },
  {
    name: 'expired stored sign-in',
    env: stored,
    faults: { 'refresh token': 700082 },
    says: /has expired.+: sign in again at a desk .+AADSTS700082/,
  },
  {
    name: 'a number that is not among the known ones',
    env: bySecret,
    faults: { 'client secret': 70011 },
    says: /refused with AADSTS70011: look it up/,
  },
  {
    name: 'GitHub refuses the request token',
    env: (provider) => ({
      ...provider.platforms.GitHub,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: wrongSecret,
    }),
    says: /GitHub's token endpoint refused \(status 401\): give the job "permissions: id-token: write"/,
  },
  {
    name: 'Azure Pipelines does not know the service connection',
    env: (provider) => ({
      ...provider.platforms['Azure Pipelines'],
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
    }),
    says: /Azure Pipelines' token endpoint refused \(status 404\): map SYSTEM_ACCESSTOKEN/,
  },
];

for (const { name, env, faults = {}, says } of refused)
  test(`refused: ${name}`, async ({ provide, write }) => {
    // The provider repeats in its refusal all that it was sent.
    const provider = await provide({ certificates: [registered.certificate], echo: true, faults });
    const variables = at(provider, await env(provider, write));
    const platforms = Object.values(provider.platforms).flatMap((platform) =>
      Object.values(platform)
        .filter((value) => !value.includes('//'))
        .slice(0, 1),
    );
    const secrets = [wrongSecret, provider.clientSecret, 'eyJ', 'MII', '1.refresh-', ...platforms];
    expect(await sentenceOf(signInBy(variables), secrets)).toMatch(says);
  });

const oddResponses: readonly (readonly [Fault, RegExp])[] = [
  ['html', /responded with HTML \(status 200\): look for a proxy/],
  ['empty object', /responded without a token \(status 200\): look for/],
  ['not JSON', /something that is not JSON \(status 200\): look for/],
  ['redirect', /redirect \(status 307\), which is not followed .+: look for/],
  ['huge', /more than a megabyte, .+: look for/],
  ['unavailable', /is not available \(status 503\): try again later/],
  ['reset', /could not be reached \(ECONNRESET|could not be reached \(UND_ERR_SOCKET/],
  ['no response', /did not respond within 0.4 s: try again later/],
  ['trickle', /did not respond within 0.4 s: try again later/],
];

const credentials: readonly (readonly [Credential, Variables, string])[] = [
  ['client secret', bySecret, 'the sign-in server http'],
  ['client certificate', byCertificate(registered.both), 'the sign-in server http'],
  ['refresh token', stored, 'the sign-in server http'],
  ['GitHub', (provider) => provider.platforms.GitHub, "GitHub's token endpoint"],
];

for (const [fault, says] of oddResponses)
  for (const [credential, env, server] of credentials)
    test(`odd response: ${fault}, ${credential}`, async ({ provide, write }) => {
      const provider = await provide({
        certificates: [registered.certificate],
        faults: { [credential]: fault },
      });
      const variables = at(provider, await env(provider, write));
      const attempt = signInBy(variables, { timeoutMs: 400 });
      const sentence = await sentenceOf(attempt, [provider.clientSecret, 'eyJ', '1.refresh-']);
      expect(sentence).toContain(server);
      expect(sentence).toMatch(says);
    });

test('a slow response is waited for', async ({ signedIn }) => {
  const { identity } = await signedIn({ faults: { 'client secret': 'slow' } });
  expect(identity.kind).toBe('application');
});

test('a refused connection', async ({ provide }) => {
  const provider = await provide();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  const port = typeof address === 'object' ? address?.port : 0;
  const env = { ...bySecret(provider), AZURE_AUTHORITY_HOST: `http://127.0.0.1:${port}` };
  const sentence = await sentenceOf(signInBy(env), [provider.clientSecret]);
  expect(sentence).toMatch(/could not be reached \(ECONNREFUSED\): check the network/);
});

const unusable: readonly (readonly [string, string | undefined, RegExp])[] = [
  ['no file', undefined, /cannot be read \(ENOENT\): check the path/],
  ['no key', registered.certificate, /holds no private key: put key and certificate/],
  ['no certificate', registered.privateKey, /no certificate of its key: put both/],
  [
    'the key of another',
    `${unregistered.privateKey}${registered.certificate}`,
    /no certificate of its key/,
  ],
  [
    'an encrypted key',
    registered.both.replaceAll('PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'),
    /encrypted key: store it without/,
  ],
  [
    'a broken key',
    registered.both.replace(/(BEGIN PRIVATE KEY-----\n).{40}/, '$1canarycanary'),
    /not a readable RSA key: make/,
  ],
  [
    'a broken certificate',
    `${registered.privateKey}-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n`,
    /certificate that cannot be read: export/,
  ],
  ['an expired certificate', expired.both, /expired on 2021-01-01: make a new one/],
];

for (const [name, pem, says] of unusable)
  test(`unusable certificate file: ${name}`, async ({ provide, folder, write }) => {
    const provider = await provide({ certificates: [registered.certificate] });
    const path = join(folder, 'certificate.pem');
    if (pem !== undefined) await write('certificate.pem', pem);
    const variables = at(provider, { AZURE_CLIENT_CERTIFICATE_PATH: path });
    expect(await sentenceOf(signInBy(variables), ['MII', 'canary'])).toMatch(says);
    expect(provider.requests).toEqual([]);
  });

test('unusable federated token files', async ({ provide, folder, write }) => {
  const provider = await provide();
  const variables = at(provider, { AZURE_FEDERATED_TOKEN_FILE: join(folder, 'token') });
  expect(await sentenceOf(signInBy(variables))).toMatch(
    /cannot be read \(ENOENT\): check the path/,
  );
  await write('token', 'canary-garbage');
  expect(await sentenceOf(signInBy(variables), ['canary'])).toMatch(
    /does not hold a JWT: have the platform/,
  );
  expect(provider.requests).toEqual([]);
});

const azOutputs: readonly (readonly [string, string, RegExp])[] = [
  [
    'nobody signed in',
    `console.error("ERROR: Please run 'az login' to setup account. canary"); process.exit(1)`,
    /nobody is signed in there: run az login --tenant/,
  ],
  [
    'a refusal',
    'console.error("AADSTS500011: canary"); process.exit(1)',
    /no token \(AADSTS500011\): run az login/,
  ],
  ['garbage', 'console.log("canary")', /responded without a token: update the Azure CLI/],
  ['nothing', 'setInterval(() => {}, 1000)', /did not respond within 1.2 s: run az login/],
];

for (const [name, script, says] of azOutputs)
  test(`the Azure CLI responds with ${name}`, async ({ write }) => {
    const az = await write('az', `#!/usr/bin/env node\n${script}`);
    await chmod(az, 0o700);
    const env = { GRAPH_SIGN_IN: 'azure-cli', AZURE_TENANT_ID: randomUUID() };
    const attempt = signInBy(env, { azureCli: az, timeoutMs: 400 });
    expect(await sentenceOf(attempt, ['canary'])).toMatch(says);
  });

test('there is no Azure CLI', async ({ folder }) => {
  const env = { GRAPH_SIGN_IN: 'azure-cli', AZURE_TENANT_ID: randomUUID() };
  const sentence = await sentenceOf(signInBy(env, { azureCli: join(folder, 'az') }));
  expect(sentence).toMatch(/there is no az on this machine: install/);
});
