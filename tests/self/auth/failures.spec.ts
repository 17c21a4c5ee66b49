import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { Credential, Fault, IdentityProvider } from '../support/identity-provider/provider.ts';
import { at, expect, sentenceOf, signInBy, test } from '../support/sign-in.ts';

const registered = makeCertificate();
const stranger = makeCertificate();
const wrongSecret = 'wrong~canary-secret-value';

interface Setting {
  readonly provider: IdentityProvider;
  readonly folder: string;
}

const written = async ({ folder }: Setting, name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
};

const bySecret = ({ provider }: Setting): Environment => ({
  AZURE_CLIENT_SECRET: provider.clientSecret,
});
const byCertificate =
  (pem: string) =>
  async (setting: Setting): Promise<Environment> => ({
    AZURE_CLIENT_CERTIFICATE_PATH: await written(setting, 'certificate.pem', pem),
  });
const byAssertion =
  (change: Parameters<IdentityProvider['assertion']>[0]) =>
  async (setting: Setting): Promise<Environment> => ({
    AZURE_FEDERATED_TOKEN_FILE: await written(
      setting,
      'token',
      await setting.provider.assertion(change),
    ),
  });
const stored = async (setting: Setting): Promise<Environment> => ({
  GRAPH_STORED_SIGN_IN: await written(setting, 'stored', setting.provider.storedSignIn()),
});

interface Refused {
  readonly name: string;
  readonly env: (setting: Setting) => Environment | Promise<Environment>;
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
    env: byCertificate(stranger.both),
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
    name: 'assertion that has ended',
    env: byAssertion({ expiresInSeconds: -3600 }),
    says: /not within its time: have a fresh one .+AADSTS700024/,
  },
  {
    name: 'unknown tenant',
    env: (setting) => ({ ...bySecret(setting), AZURE_TENANT_ID: randomUUID() }),
    says: /tenant \S+ is unknown: check AZURE_TENANT_ID .+AADSTS90002/,
  },
  {
    name: 'unknown application',
    env: (setting) => ({ ...bySecret(setting), AZURE_CLIENT_ID: randomUUID() }),
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
    env: ({ provider }) => ({
      ...provider.platforms.GitHub,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: wrongSecret,
    }),
    says: /GitHub's token endpoint refused \(status 401\): give the job "permissions: id-token: write"/,
  },
  {
    name: 'Azure Pipelines does not know the service connection',
    env: ({ provider }) => ({
      ...provider.platforms['Azure Pipelines'],
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
    }),
    says: /Azure Pipelines' token endpoint refused \(status 404\): map SYSTEM_ACCESSTOKEN/,
  },
];

for (const { name, env, faults = {}, says } of refused)
  test(`refused: ${name}`, async ({ provide, folder }) => {
    // The provider repeats in its refusal all that it was sent.
    const provider = await provide({ certificates: [registered.certificate], echo: true, faults });
    const variables = at(provider, await env({ provider, folder }));
    const secrets = [wrongSecret, provider.clientSecret, 'eyJ', 'MII', '1.refresh-'];
    for (const platform of Object.values(provider.platforms))
      secrets.push(
        ...Object.values(platform)
          .filter((value) => !value.includes('//'))
          .slice(0, 1),
      );
    expect(await sentenceOf(signInBy(variables), secrets)).toMatch(says);
  });

const oddAnswers: readonly (readonly [Fault, RegExp])[] = [
  ['html', /answered with HTML \(status 200\): look for a proxy/],
  ['empty object', /answered without a token \(status 200\): look for/],
  ['not JSON', /something that is no JSON \(status 200\): look for/],
  ['redirect', /redirect \(status 307\), which is not followed .+: look for/],
  ['huge', /more than a megabyte, .+: look for/],
  ['unavailable', /is not available \(status 503\): try again later/],
  ['reset', /could not be reached \(ECONNRESET|could not be reached \(UND_ERR_SOCKET/],
  ['no answer', /gave no answer within 0.4 s: try again later/],
  ['trickle', /gave no answer within 0.4 s: try again later/],
];

for (const [fault, says] of oddAnswers)
  for (const [credential, env, whom] of [
    ['client secret', bySecret, /the sign-in server http/],
    ['client certificate', byCertificate(registered.both), /the sign-in server http/],
    ['refresh token', stored, /the sign-in server http/],
    ['GitHub', ({ provider }: Setting) => provider.platforms.GitHub, /GitHub's token endpoint/],
  ] as const)
    test(`odd answer: ${fault}, ${credential}`, async ({ provide, folder }) => {
      const provider = await provide({
        certificates: [registered.certificate],
        faults: { [credential]: fault },
      });
      const variables = at(provider, await env({ provider, folder }));
      const sentence = await sentenceOf(signInBy(variables, { timeoutMs: 400 }), [
        provider.clientSecret,
        'eyJ',
        '1.refresh-',
      ]);
      expect(sentence).toMatch(whom);
      expect(sentence).toMatch(says);
    });

test('a slow answer is waited for', async ({ provide }) => {
  const provider = await provide({ faults: { 'client secret': 'slow' } });
  const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }));
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
  const sentence = await sentenceOf(
    signInBy({
      ...at(provider, { AZURE_CLIENT_SECRET: wrongSecret }),
      AZURE_AUTHORITY_HOST: `http://127.0.0.1:${port}`,
    }),
    [wrongSecret],
  );
  expect(sentence).toMatch(/could not be reached \(ECONNREFUSED\): check the network/);
});

const unusable: readonly (readonly [string, string | undefined, RegExp])[] = [
  ['no file', undefined, /cannot be read \(ENOENT\): check the path/],
  ['no key', registered.certificate, /holds no private key: put key and certificate/],
  ['no certificate', registered.privateKey, /no certificate of its key: put both/],
  [
    'the key of another',
    `${stranger.privateKey}${registered.certificate}`,
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
    /no readable RSA key: make/,
  ],
  [
    'a broken certificate',
    `${registered.privateKey}-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n`,
    /certificate that cannot be read: export/,
  ],
  [
    'an ended certificate',
    makeCertificate({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') }).both,
    /ended on 2021-01-01: make a new one/,
  ],
];

for (const [name, pem, says] of unusable)
  test(`unusable certificate file: ${name}`, async ({ provide, folder }) => {
    const provider = await provide({ certificates: [registered.certificate] });
    const path = join(folder, 'certificate.pem');
    if (pem !== undefined) await writeFile(path, pem);
    const variables = at(provider, { AZURE_CLIENT_CERTIFICATE_PATH: path });
    expect(await sentenceOf(signInBy(variables), ['MII', 'canary'])).toMatch(says);
    expect(provider.requests).toEqual([]);
  });

test('unusable federated token files', async ({ provide, folder }) => {
  const provider = await provide();
  const variables = at(provider, { AZURE_FEDERATED_TOKEN_FILE: join(folder, 'token') });
  expect(await sentenceOf(signInBy(variables))).toMatch(
    /cannot be read \(ENOENT\): check the path/,
  );
  await writeFile(join(folder, 'token'), 'canary-garbage');
  expect(await sentenceOf(signInBy(variables), ['canary'])).toMatch(
    /holds no JWT: have the platform/,
  );
  expect(provider.requests).toEqual([]);
});

const azAnswers: readonly (readonly [string, string, RegExp])[] = [
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
  ['garbage', 'console.log("canary")', /answered without a token: update the Azure CLI/],
  ['no answer', 'setInterval(() => {}, 1000)', /gave no answer within 1.2 s: run az login/],
];

for (const [name, script, says] of azAnswers)
  test(`the Azure CLI answers with ${name}`, async ({ folder }) => {
    const az = join(folder, 'az');
    await writeFile(az, `#!/usr/bin/env node\n${script}`);
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
