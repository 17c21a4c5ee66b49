import { randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { ManagedIdentityApplication } from '@azure/msal-node';
import type { Identity } from '../../../fixtures/auth/identity.ts';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import {
  at,
  bySecret,
  expect,
  graph,
  sentenceOf,
  signInBy,
  test,
  withAz,
} from '../support/sign-in.ts';

/** Expects an application's token for our Graph, from that provider, and nothing else kept as secret. */
async function isApplication(identity: Identity, provider: IdentityProvider): Promise<void> {
  const token = await identity.token();
  expect(identity.kind).toBe('application');
  expect(claimsOf(token)).toMatchObject({ aud: graph, tid: provider.tenantId, idtyp: 'app' });
  expect(identity.secrets()).toEqual([token]);
}

const ours = await makeCertificate();
const other = await makeCertificate();

/** What an application signs in with at a provider, and what is asked for each token. */
// biome-ignore format: a row a line
const applications: readonly (readonly [string, (provider: IdentityProvider) => Promise<string> | undefined, (provider: IdentityProvider, path: string) => Environment, readonly string[]])[] = [
  ['a client secret', () => undefined, (provider) => bySecret(provider), ['/token']],
  // Of a chain, the certificate that fits the key is used.
  ['a registered certificate', async () => `${other.certificate}${ours.both}`, (_, path) => ({ AZURE_CLIENT_CERTIFICATE_PATH: path }), ['/token']],
  ['a federated token file', async (provider) => `${await provider.assertion()}\n`, (_, path) => ({ AZURE_FEDERATED_TOKEN_FILE: path }), ['/token']],
  ['federation on GitHub', () => undefined, ({ platforms }) => platforms.GitHub, ['/github/token', '/token']],
  ['federation on Azure Pipelines', () => undefined, ({ platforms }) => platforms['Azure Pipelines'], ['/oidctoken', '/token']],
];
for (const [what, file, variables, asked] of applications)
  test(`${what} signs in, and is asked for anew for each renewal`, async ({
    provide,
    clock,
    write,
  }) => {
    const now = () => clock.now;
    const provider = await provide({ now, certificates: [other.certificate, ours.certificate] });
    const path = await write('file', (await file(provider)) ?? '');
    const identity = await signInBy(at(provider, variables(provider, path)), { now });
    await isApplication(identity, provider);
    expect(provider.requests).toHaveLength(asked.length);
    clock.now += 3_400_000;
    // A token file holds an assertion of ten minutes: whoever wrote it writes another one.
    if (what.endsWith('file')) await write('file', (await file(provider)) ?? '');
    await identity.token();
    const expected = [...asked, ...asked].map((each) => expect.stringContaining(`${each} `));
    expect(provider.requests).toEqual(expected);
  });

test('a ready token is used as it is, without a request', async ({ signedIn }) => {
  const { provider, identity: other } = await signedIn();
  const ready = await other.token();
  const identity = await signInBy({ GRAPH_ACCESS_TOKEN: ready });
  expect(await identity.token()).toBe(ready);
  expect(identity).toMatchObject({ method: 'token', kind: 'application' });
  expect(provider.requests).toHaveLength(1);
});

test('a mock may have a short token, and a line says what that means', async () => {
  const notes = async (GRAPH_ACCESS_TOKEN: string) =>
    (await signInBy({ GRAPH_ACCESS_TOKEN })).notes();
  expect(await notes('eight888')).toEqual([]);
  expect(await notes('seven77')).toEqual([expect.stringContaining('fewer than 8 characters')]);
});

test('an opaque token, as personal accounts have, is of unknown kind', async ({ signedIn }) => {
  const ready = await signInBy({ GRAPH_ACCESS_TOKEN: 'EwB4A8l6BAAUopaque' });
  expect(ready.kind).toBe('unknown');
  const { identity } = await signedIn({ opaque: true });
  expect(identity.kind).toBe('unknown');
  expect(await identity.token()).toMatch(/^EwB/);
});

test('the Azure CLI is asked for the Graph and the tenant', async ({ write, signedIn }) => {
  const { provider, identity: other } = await signedIn();
  const ready = await other.token();
  const output = { accessToken: ready };
  const asked = ['account', 'get-access-token', '--resource', graph];
  const expected = JSON.stringify([...asked, '--tenant', provider.tenantId, '--output', 'json']);
  const az = await write(
    'az',
    `#!/usr/bin/env node
if (JSON.stringify(process.argv.slice(2)) !== ${JSON.stringify(expected)}) process.exit(9);
console.log(${JSON.stringify(JSON.stringify(output))});`,
  );
  await chmod(az, 0o700);
  const env = at(provider, { GRAPH_SIGN_IN: 'azure-cli' });
  const identity = await withAz(az, () => signInBy(env));
  expect(await identity.token()).toBe(ready);
  expect(identity).toMatchObject({ method: 'azure-cli', kind: 'application' });
});

/** MSAL reads the process's variables, and finds its endpoint once for the whole process. */
async function onMachineOf<T>(
  provider: IdentityProvider,
  change: Record<string, string>,
  use: (env: Environment) => Promise<T>,
): Promise<T> {
  const client: object = Reflect.get(new ManagedIdentityApplication(), 'managedIdentityClient');
  Reflect.set(client.constructor, 'identitySource', undefined);
  const variables = { ...provider.platforms['managed identity'], ...change };
  const { origin } = provider;
  Object.assign(process.env, variables);
  try {
    return await use({ GRAPH_SIGN_IN: 'managed-identity', AZURE_AUTHORITY_HOST: origin });
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}

test('a managed identity signs in, and is renewed', async ({ provide, clock }) => {
  const now = () => clock.now;
  const provider = await provide({ now });
  await onMachineOf(provider, {}, async (env) => {
    const identity = await signInBy(env, { now });
    await isApplication(identity, provider);
    const first = await identity.token();
    clock.now += 3_400_000;
    expect(await identity.token()).not.toBe(first);
    expect(provider.requests).toHaveLength(2);
  });
});

test('a user-assigned managed identity is asked for by AZURE_CLIENT_ID', async ({ provide }) => {
  const provider = await provide();
  await onMachineOf(provider, {}, async (env) => {
    const identity = await signInBy({ ...env, AZURE_CLIENT_ID: provider.clientId });
    expect(identity.kind).toBe('application');
  });
  await onMachineOf(provider, {}, async (env) => {
    const sentence = await sentenceOf(signInBy({ ...env, AZURE_CLIENT_ID: randomUUID() }));
    expect(sentence).toMatch(/refused \(status 400\): assign the managed identity of AZURE_CL/);
  });
});

// biome-ignore format: a row a line
for (const [what, change, fault, says] of [
  ['refuses', { IDENTITY_HEADER: 'canary-header-value' }, undefined, /endpoint refused \(status 401\): switch the managed identity/],
  ['is not on this machine', { IDENTITY_ENDPOINT: 'http://203.0.113.1/msi/token' }, undefined, /was about to go to another host .+, and was stopped/],
  ['responds with HTML', {}, 'html', /the managed identity endpoint responded without a token/],
  ['hangs', {}, 'no response', /endpoint did not respond within 0.4 s/],
  ['resets', {}, 'reset', /endpoint could not be reached/],
] as const)
  test(`a managed identity's endpoint ${what}`, async ({ provide }) => {
    const provider = await provide({ ...(fault && { faults: { 'managed identity': fault } }) });
    const secrets = ['canary-header-value', provider.platforms['managed identity'].IDENTITY_HEADER];
    await onMachineOf(provider, change, async (env) => {
      expect(await sentenceOf(signInBy(env, { timeoutMs: 400 }), secrets)).toMatch(says);
    });
  });

test('an identity shows nothing of what it holds', async ({ provide }) => {
  const provider = await provide();
  const identity = await signInBy(bySecret(provider));
  expect(JSON.parse(JSON.stringify(identity))).toEqual({
    method: 'client-secret',
    kind: 'application',
  });
});
