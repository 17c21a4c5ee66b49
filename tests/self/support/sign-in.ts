import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { test as base, expect } from '@playwright/test';
import { SignInError } from '../../../fixtures/auth/errors.ts';
import { type Identity, signIn } from '../../../fixtures/auth/identity.ts';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import {
  type IdentityProvider,
  type ProviderOptions,
  startIdentityProvider,
} from './identity-provider/provider.ts';

export { expect } from '@playwright/test';

/** A Graph on this machine that receives nothing: signing in only names it. */
export const graph = 'http://127.0.0.1:8';
export const target = { baseUrl: `${graph}/v1.0`, isMock: true };

interface Fixtures {
  /** Starts a provider that is closed after the test. */
  provide: (options?: ProviderOptions) => Promise<IdentityProvider>;
  /** The time of `signedIn` in milliseconds, which a test may move. */
  clock: { now: number };
  /** Starts a provider and signs in there with the client secret, both by the clock. */
  signedIn: (
    options?: ProviderOptions,
  ) => Promise<{ provider: IdentityProvider; identity: Identity }>;
  folder: string;
  /** Writes a file of that name into the folder, readable for its owner only, and returns its path. */
  write: (name: string, text: string) => Promise<string>;
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
  clock: async ({}, use) => use({ now: Date.now() }),
  signedIn: async ({ provide, clock }, use) =>
    use(async (options) => {
      const now = () => clock.now;
      const provider = await provide({ now, ...options });
      return { provider, identity: await signInBy(bySecret(provider), { now }) };
    }),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  write: async ({ folder }, use) =>
    use(async (name, text) => {
      const path = join(folder, name);
      await writeFile(path, text, { mode: 0o600 });
      return path;
    }),
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

/** The variables of an application with its secret. */
export function bySecret(provider: IdentityProvider): Environment {
  return at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret });
}

/** Signs in as the environment says, which must be in one way. */
export async function signInBy(
  env: Environment,
  options: Parameters<typeof signIn>[1] = {},
): Promise<Identity> {
  const [plan, ...others] = planSignIn(env, target);
  expect(others).toEqual([]);
  if (plan === undefined) throw new Error('nothing was planned');
  return signIn(plan, { timeoutMs: 5_000, ...options });
}

/** Signs in where `az` is that file alone. */
export async function withAz<T>(az: string, use: () => Promise<T>): Promise<T> {
  const { PATH } = process.env;
  process.env.PATH = `${dirname(az)}:${dirname(process.execPath)}`;
  return use().finally(() => {
    process.env.PATH = PATH;
  });
}

/** A JWT with those claims, which nobody signed. */
export function unsigned(claims: object): string {
  const encoded = [{ alg: 'none' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${encoded.join('.')}.c2ln`;
}

/** The sentence of a failed sign-in, after a search for secrets wherever an error shows itself. */
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

/** Expects none of the secrets in anything that a value prints itself as. */
export function showsNone(value: unknown, secrets: readonly string[]): void {
  const shown = [
    String(value),
    JSON.stringify(value) ?? '',
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ].join('\n');
  // Booleans: a failing comparison would print what must not be printed.
  for (const secret of secrets) expect(shown.includes(secret), 'shows a secret').toBe(false);
}
