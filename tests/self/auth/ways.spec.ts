import { randomUUID } from 'node:crypto';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { makeCertificate } from '../support/identity-provider/tokens.ts';
import {
  at,
  bySecret,
  expect,
  graph,
  onMachineOf,
  sentenceOf,
  test,
  withAz,
} from '../support/sign-in.ts';

const ours = await makeCertificate();
const other = await makeCertificate();
const machine = 'a managed identity';

/** What an application signs in with at a provider, and what is asked for each token. */
// biome-ignore format: a row a line
const applications: [string, (provider: IdentityProvider) => Promise<string> | undefined, (provider: IdentityProvider, path: string) => Environment, string[]][] = [
  ['a client secret', () => undefined, (provider) => bySecret(provider), ['/token']],
  // Of a chain, the certificate that fits the key is used.
  ['a registered certificate', async () => `${other.certificate}${ours.both}`, (_, path) => ({ AZURE_CLIENT_CERTIFICATE_PATH: path }), ['/token']],
  ['a federated token file', async (provider) => `${await provider.assertion()}\n`, (_, path) => ({ AZURE_FEDERATED_TOKEN_FILE: path }), ['/token']],
  ['federation on GitHub', () => undefined, ({ platforms }) => platforms.github, ['/github/token', '/token']],
  ['federation on Azure Pipelines', () => undefined, ({ platforms }) => platforms.pipelines, ['/oidctoken', '/token']],
  [machine, () => undefined, () => ({ GRAPH_SIGN_IN: 'managed-identity' }), ['/msi/token']],
];
for (const [what, file, variables, asked] of applications)
  test(`${what} signs in, and is asked for anew for each renewal`, async ({ signing }) => {
    const { provide, clock, write, signInBy } = signing;
    const provider = await provide({ certificates: [other.certificate, ours.certificate] });
    const path = await write('file', (await file(provider)) ?? '');
    await onMachineOf(provider, {}, async () => {
      const identity = await signInBy(at(provider, variables(provider, path)));
      const token = await identity.token();
      expect(identity.kind).toBe('application');
      expect(claimsOf(token)).toMatchObject({ aud: graph, tid: provider.tenantId, idtyp: 'app' });
      expect(identity.secrets()).toEqual([token]);
      expect(provider.requests).toHaveLength(asked.length);
      clock.now += 3_400_000;
      // A token file holds an assertion of ten minutes: whoever wrote it writes another one.
      if (what.endsWith('file')) await write('file', (await file(provider)) ?? '');
      const renewed = await identity.token();
      // MSAL signs by this machine's clock, which is too late for the moved one.
      expect(renewed === token).toBe(what.endsWith('certificate'));
      const expected = [...asked, ...asked].map((each) => expect.stringContaining(`${each} `));
      expect(provider.requests).toEqual(expected);
    });
  });

test('the Azure CLI is asked for the Graph and the tenant', async ({
  signing: { write, provide, signInBy },
}) => {
  const provider = await provide();
  const ready = await (await signInBy(bySecret(provider))).token();
  const asked = ['account', 'get-access-token', '--resource', graph];
  const expected = JSON.stringify([...asked, '--tenant', provider.tenantId, '--output', 'json']);
  const script = `#!/usr/bin/env node
if (JSON.stringify(process.argv.slice(2)) !== ${JSON.stringify(expected)}) process.exit(9);
console.log(${JSON.stringify(JSON.stringify({ accessToken: ready }))});`;
  const az = await write('az', script, 0o700);
  const identity = await withAz(az, () => signInBy(at(provider, { GRAPH_SIGN_IN: 'azure-cli' })));
  expect(await identity.token()).toBe(ready);
  expect(identity).toMatchObject({ method: 'azure-cli', kind: 'application' });
});

test('a managed identity is the one that is named, and a refused renewal says why', async ({
  signing: { provide, clock, signInBy },
}) => {
  const provider = await provide();
  await onMachineOf(provider, {}, async (env) => {
    const identity = await signInBy({ ...env, AZURE_CLIENT_ID: provider.clientId });
    clock.now += 3_600_000;
    provider.setFault('managed identity', 'unavailable');
    const sentence = await sentenceOf(identity.token());
    expect(sentence).toMatch(/the managed identity endpoint is not available \(status 503\): try/);
  });
  provider.setFault('managed identity', undefined);
  await onMachineOf(provider, {}, async (env) => {
    const sentence = await sentenceOf(signInBy({ ...env, AZURE_CLIENT_ID: randomUUID() }));
    expect(sentence).toMatch(/refused \(status 400\): switch .+ set AZURE_CLIENT_ID to one/);
  });
});
