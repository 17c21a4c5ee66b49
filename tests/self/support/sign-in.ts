import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { test as base, expect } from '@playwright/test';
import {
  type Identity,
  planSignIn,
  SignInError,
  type SignInOptions,
  type SignInPlan,
  signIn,
} from '../../../fixtures/auth/sign-in.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import {
  type IdentityProvider,
  type ProviderOptions,
  startIdentityProvider,
} from './identity-provider/provider.ts';

export { expect } from '@playwright/test';

/** A Graph on this machine that nobody calls: signing in only names it. */
export const graph = 'http://127.0.0.1:8';
export const target = { baseUrl: `${graph}/v1.0`, loopback: true };

interface Fixtures {
  /** Starts a provider that is closed after the test. */
  provide: (options?: ProviderOptions) => Promise<IdentityProvider>;
  folder: string;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  provide: async ({}, use) => {
    const started: IdentityProvider[] = [];
    await use(async (options) => {
      const provider = await startIdentityProvider(options);
      started.push(provider);
      return provider;
    });
    for (const provider of started) await provider.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

/** The variables of an application at a provider. */
export function at(provider: IdentityProvider, more: Environment = {}): Environment {
  return {
    AZURE_AUTHORITY_HOST: provider.origin,
    AZURE_TENANT_ID: provider.tenantId,
    AZURE_CLIENT_ID: provider.clientId,
    ...more,
  };
}

/** The only sign-in that an environment asks for. */
export function onlyPlan(env: Environment): SignInPlan {
  const [plan, ...others] = planSignIn(env, target);
  expect(others).toEqual([]);
  if (plan === undefined) throw new Error('nothing was planned');
  return plan;
}

/** Signs in as the environment says. */
export function signInBy(env: Environment, options: SignInOptions = {}): Promise<Identity> {
  return signIn(onlyPlan(env), { timeoutMs: 5_000, ...options });
}

/** The sentence of a refused promise, after looking for secrets everywhere an error shows itself. */
export async function sentenceOf(
  attempt: Promise<unknown>,
  secrets: readonly string[] = [],
): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SignInError);
  if (!(error instanceof SignInError)) throw new Error('no SignInError');
  expect(error.message).toMatch(/^[A-Z].*[^.]\.$/);
  expect(error.message.replaceAll(/"[^"]*"/g, '')).not.toMatch(/[.!?]\s|[\r\n]/);
  // What is wrong, and after the colon what to do.
  expect(error.message).toMatch(/: .+: [a-z]/);
  expect(error.cause).toBeUndefined();
  showsNone(error, secrets);
  showsNone(error.stack, secrets);
  return error.message;
}

/** Expects none of the secrets in anything a value prints itself as. */
export function showsNone(value: unknown, secrets: readonly string[]): void {
  const shown = [
    String(value),
    JSON.stringify(value) ?? '',
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ].join('\n');
  // Booleans: a failing comparison would print what must not be printed.
  for (const secret of secrets) expect(shown.includes(secret), 'shows a secret').toBe(false);
}
