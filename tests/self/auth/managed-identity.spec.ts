import { randomUUID } from 'node:crypto';
import { ManagedIdentityApplication } from '@azure/msal-node';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { expect, graph, sentenceOf, signInBy, test } from '../support/sign-in.ts';

/** MSAL reads the process's variables, and finds its endpoint once for the whole process. */
async function onMachineOf<T>(
  provider: IdentityProvider,
  change: Record<string, string>,
  use: (env: Environment) => Promise<T>,
): Promise<T> {
  const client: object = Reflect.get(new ManagedIdentityApplication(), 'managedIdentityClient');
  Reflect.set(client.constructor, 'identitySource', undefined);
  const variables = { ...provider.platforms['managed identity'], ...change };
  Object.assign(process.env, variables);
  try {
    return await use({ ...variables, GRAPH_SIGN_IN: 'managed-identity' });
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}

test('a managed identity signs in, and is renewed', async ({ provide, clock }) => {
  const now = () => clock.now;
  const provider = await provide({ now });
  await onMachineOf(provider, {}, async (env) => {
    const identity = await signInBy(env, { now });
    const first = await identity.token();
    expect(identity).toMatchObject({ method: 'managed identity', kind: 'application' });
    expect(claimsOf(first)?.aud).toBe(graph);
    expect(identity.secrets()).toContain(env.IDENTITY_HEADER);
    clock.now += 3_000_000;
    expect(await identity.token()).toBe(first);
    clock.now += 400_000;
    expect(await identity.token()).not.toBe(first);
    expect(provider.requests).toHaveLength(2);
  });
});

test('a user-assigned managed identity is asked for by AZURE_CLIENT_ID', async ({ provide }) => {
  const provider = await provide();
  await onMachineOf(provider, {}, async (env) => {
    const identity = await signInBy({ ...env, AZURE_CLIENT_ID: provider.clientId });
    expect(identity.kind).toBe('application');
    const sentence = await sentenceOf(signInBy({ ...env, AZURE_CLIENT_ID: randomUUID() }));
    expect(sentence).toMatch(
      /refused \(status 400\S*.*\): assign the managed identity \S+ \(AZURE/,
    );
  });
});

test('the endpoint refuses', async ({ provide }) => {
  const provider = await provide();
  await onMachineOf(provider, { IDENTITY_HEADER: 'canary-header-value' }, async (env) => {
    const sentence = await sentenceOf(signInBy(env), ['canary-header-value']);
    expect(sentence).toMatch(/endpoint refused \(status 401\): switch the managed identity/);
  });
});

for (const [fault, says] of [
  ['html', 'responded with HTML'],
  ['empty object', 'responded without a token'],
  ['no response', 'did not respond within 0.4 s'],
  ['redirect', 'responded with a redirect'],
  ['reset', 'could not be reached'],
] as const)
  test(`the endpoint's odd response: ${fault}`, async ({ provide }) => {
    const provider = await provide({ faults: { 'managed identity': fault } });
    await onMachineOf(provider, {}, async (env) => {
      const attempt = signInBy(env, { timeoutMs: 400 });
      const sentence = await sentenceOf(attempt, [String(env.IDENTITY_HEADER)]);
      expect(sentence).toContain(`the managed identity endpoint ${says}`);
    });
  });

test('the endpoint must be on this machine', async ({ provide }) => {
  const provider = await provide();
  const elsewhere = { IDENTITY_ENDPOINT: 'http://203.0.113.1/msi/token' };
  await onMachineOf(provider, elsewhere, async () => {
    // As planned for a Graph in the cloud: MSAL finds the endpoint itself, and is stopped.
    const planned = provider.platforms['managed identity'];
    const sentence = await sentenceOf(signInBy({ ...planned, GRAPH_SIGN_IN: 'managed-identity' }));
    expect(sentence).toMatch(/was about to go to another host .+, and was stopped/);
  });
});
