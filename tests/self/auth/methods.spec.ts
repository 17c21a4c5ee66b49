import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import { describePlan, type Identity } from '../../../fixtures/auth/sign-in.ts';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { at, expect, graph, onlyPlan, signInBy, test } from '../support/sign-in.ts';

const certificate = makeCertificate();

/** Expects an application's token for our Graph, from that provider. */
async function isApplication(identity: Identity, provider: IdentityProvider): Promise<void> {
  const token = await identity.token();
  expect(identity.kind).toBe('application');
  expect(claimsOf(token)).toMatchObject({
    aud: graph,
    tid: provider.tenantId,
    idtyp: 'app',
    appid: provider.clientId,
    roles: ['Directory.ReadWrite.All'],
  });
  expect(identity.secrets()).toContain(token);
}

test('a client secret signs in', async ({ provide }) => {
  const provider = await provide();
  const env = at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret });
  const identity = await signInBy(env);
  await isApplication(identity, provider);
  expect(identity.method).toBe('client secret');
  expect(provider.requests).toEqual([
    `POST /${provider.tenantId}/oauth2/v2.0/token client_credentials`,
  ]);
  expect(identity.secrets()).toContain(provider.clientSecret);
  expect(describePlan(onlyPlan(env))).toContain(provider.tenantId);
});

test('a registered client certificate signs in', async ({ provide, folder }) => {
  const provider = await provide({
    certificates: [makeCertificate().certificate, certificate.certificate],
  });
  const path = join(folder, 'certificate.pem');
  // Of a chain, the one that fits the key is taken.
  await writeFile(path, `${makeCertificate().certificate}${certificate.both}`);
  const identity = await signInBy(at(provider, { AZURE_CLIENT_CERTIFICATE_PATH: path }));
  await isApplication(identity, provider);
  expect(identity.secrets()).toContain(certificate.privateKey);
  const assertions = identity
    .secrets()
    .filter((secret) => claimsOf(secret)?.aud?.endsWith('/token'));
  expect(assertions).toHaveLength(1);
});

test('a federated token file signs in', async ({ provide, folder }) => {
  const provider = await provide();
  const path = join(folder, 'token');
  const assertion = await provider.assertion();
  await writeFile(path, `${assertion}\n`);
  const identity = await signInBy(at(provider, { AZURE_FEDERATED_TOKEN_FILE: path }));
  await isApplication(identity, provider);
  expect(identity.secrets()).toContain(assertion);
});

for (const platform of ['GitHub', 'Azure Pipelines'] as const)
  test(`federation on ${platform} signs in, with a fresh assertion for each renewal`, async ({
    provide,
  }) => {
    let now = Date.now();
    const provider = await provide({ now: () => now });
    const variables = provider.platforms[platform];
    const identity = await signInBy(at(provider, variables), { now: () => now });
    await isApplication(identity, provider);
    expect(identity.method).toBe('federation');
    now += 3_400_000;
    await identity.token();
    const path = platform === 'GitHub' ? '/github/token' : '/pipelines/oidctoken';
    expect(provider.requests.filter((line) => line.includes(path))).toHaveLength(2);
    expect(provider.tokenRequests).toBe(2);
    const assertions = identity
      .secrets()
      .filter((secret) => claimsOf(secret)?.aud === 'api://AzureADTokenExchange');
    expect(new Set(assertions).size).toBe(2);
    for (const [name, value] of Object.entries(variables))
      if (/TOKEN$/.test(name)) expect(identity.secrets()).toContain(value);
  });

test('a ready token is used as it is, and nobody is asked', async ({ provide }) => {
  const provider = await provide();
  const ready = await (
    await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }))
  ).token();
  const before = provider.requests.length;
  const identity = await signInBy({ GRAPH_ACCESS_TOKEN: ready });
  expect(await identity.token()).toBe(ready);
  expect(identity).toMatchObject({ method: 'token', kind: 'application' });
  expect(identity.skewSeconds).toBeUndefined();
  expect(provider.requests).toHaveLength(before);
});

test('an opaque token, as personal accounts have, is of unknown kind', async ({ provide }) => {
  const identity = await signInBy({ GRAPH_ACCESS_TOKEN: 'EwB4A8l6BAAUopaque' });
  expect(identity.kind).toBe('unknown');
  const provider = await provide({ opaque: true });
  const other = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }));
  expect(other.kind).toBe('unknown');
  expect(await other.token()).toMatch(/^EwB/);
});

test('the Azure CLI is asked for the Graph and the tenant', async ({ folder, provide }) => {
  const provider = await provide();
  const ready = await (
    await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }))
  ).token();
  const az = join(folder, 'az');
  const answer = { accessToken: ready, expires_on: Math.floor(Date.now() / 1000) + 3600 };
  const expected = ['account', 'get-access-token', '--resource', graph];
  expected.push('--tenant', provider.tenantId, '--output', 'json');
  await writeFile(
    az,
    `#!/usr/bin/env node
const asked = JSON.stringify(process.argv.slice(2));
if (asked !== ${JSON.stringify(JSON.stringify(expected))}) process.exit(9);
console.log(${JSON.stringify(JSON.stringify(answer))});`,
  );
  await chmod(az, 0o700);
  const env = { GRAPH_SIGN_IN: 'azure-cli', AZURE_TENANT_ID: provider.tenantId };
  const identity = await signInBy(env, { azureCli: az });
  expect(await identity.token()).toBe(ready);
  expect(identity).toMatchObject({ method: 'Azure CLI', kind: 'application' });
});
