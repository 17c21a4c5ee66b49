import { chmod } from 'node:fs/promises';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import { describePlan, type Identity } from '../../../fixtures/auth/sign-in.ts';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { at, bySecret, expect, graph, onlyPlan, signInBy, test } from '../support/sign-in.ts';

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

/** The federated or certificate assertions among the secrets of an identity, by their audience. */
function assertionsIn(identity: Identity, audience: RegExp): readonly string[] {
  return identity.secrets().filter((secret) => audience.test(claimsOf(secret)?.aud ?? ''));
}

test('a client secret signs in', async ({ signedIn }) => {
  const { provider, identity } = await signedIn();
  await isApplication(identity, provider);
  expect(identity.method).toBe('client secret');
  expect(provider.requests).toEqual([
    `POST /${provider.tenantId}/oauth2/v2.0/token client_credentials`,
  ]);
  expect(identity.secrets()).toContain(provider.clientSecret);
  expect(describePlan(onlyPlan(bySecret(provider)))).toContain(provider.tenantId);
});

test('a registered client certificate signs in', async ({ provide, write }) => {
  const ours = await makeCertificate();
  const other = await makeCertificate();
  const provider = await provide({ certificates: [other.certificate, ours.certificate] });
  // Of a chain, the one that fits the key is used.
  const path = await write('certificate.pem', `${other.certificate}${ours.both}`);
  const identity = await signInBy(at(provider, { AZURE_CLIENT_CERTIFICATE_PATH: path }));
  await isApplication(identity, provider);
  expect(identity.secrets()).toContain(ours.privateKey);
  expect(assertionsIn(identity, /\/token$/)).toHaveLength(1);
});

test('a federated token file signs in', async ({ provide, write }) => {
  const provider = await provide();
  const assertion = await provider.assertion();
  const path = await write('token', `${assertion}\n`);
  const identity = await signInBy(at(provider, { AZURE_FEDERATED_TOKEN_FILE: path }));
  await isApplication(identity, provider);
  expect(identity.secrets()).toContain(assertion);
});

for (const [platform, path] of [
  ['GitHub', '/github/token'],
  ['Azure Pipelines', '/pipelines/oidctoken'],
] as const)
  test(`federation on ${platform} signs in, with a fresh assertion for each renewal`, async ({
    provide,
    clock,
  }) => {
    const now = () => clock.now;
    const provider = await provide({ now });
    const variables = provider.platforms[platform];
    const identity = await signInBy(at(provider, variables), { now });
    await isApplication(identity, provider);
    expect(identity.method).toBe('federation');
    clock.now += 3_400_000;
    await identity.token();
    expect(provider.requests.filter((line) => line.includes(path))).toHaveLength(2);
    expect(provider.tokenRequests).toBe(2);
    expect(new Set(assertionsIn(identity, /^api:\/\/AzureADTokenExchange$/)).size).toBe(2);
    for (const [name, value] of Object.entries(variables))
      if (/TOKEN$/.test(name)) expect(identity.secrets()).toContain(value);
  });

test('a ready token is used as it is, without a request', async ({ signedIn }) => {
  const { provider, identity: other } = await signedIn();
  const ready = await other.token();
  const before = provider.requests.length;
  const identity = await signInBy({ GRAPH_ACCESS_TOKEN: ready });
  expect(await identity.token()).toBe(ready);
  expect(identity).toMatchObject({ method: 'token', kind: 'application' });
  expect(identity.skewSeconds).toBeUndefined();
  expect(provider.requests).toHaveLength(before);
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
  const output = { accessToken: ready, expires_on: Math.floor(Date.now() / 1000) + 3600 };
  const expected = ['account', 'get-access-token', '--resource', graph];
  expected.push('--tenant', provider.tenantId, '--output', 'json');
  const az = await write(
    'az',
    `#!/usr/bin/env node
const given = JSON.stringify(process.argv.slice(2));
if (given !== ${JSON.stringify(JSON.stringify(expected))}) process.exit(9);
console.log(${JSON.stringify(JSON.stringify(output))});`,
  );
  await chmod(az, 0o700);
  const env = { GRAPH_SIGN_IN: 'azure-cli', AZURE_TENANT_ID: provider.tenantId };
  const identity = await signInBy(env, { azureCli: az });
  expect(await identity.token()).toBe(ready);
  expect(identity).toMatchObject({ method: 'Azure CLI', kind: 'application' });
});
