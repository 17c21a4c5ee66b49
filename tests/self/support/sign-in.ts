import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { ManagedIdentityApplication } from '@azure/msal-node';
import { test as base, expect } from '@playwright/test';
import { SignInError } from '../../../fixtures/auth/errors.ts';
import { signIn } from '../../../fixtures/auth/identity.ts';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import type { Session } from '../../../fixtures/auth/session.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import {
  type IdentityProvider,
  type ProviderOptions,
  startIdentityProvider,
} from './identity-provider/provider.ts';
import { emptyFolder } from './run.ts';

export { expect } from '@playwright/test';

/** A Graph on this machine that receives nothing: signing in only names it. */
export const graph = 'http://127.0.0.1:8';
export const target = { baseUrl: `${graph}/v1.0`, isMock: true };

/** What a test of signing in works with. */
function newSigning() {
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const [shown, started]: [string[], IdentityProvider[]] = [[], []];
  const folder = emptyFolder();
  return {
    /** Milliseconds, which a test may move; and the lines that a user was shown. */
    ...{ clock, shown, started, folder },
    /** Starts a provider that goes by the clock and is closed after the test. */
    provide: async (options?: ProviderOptions) => {
      const provider = await startIdentityProvider({ now, ...options });
      started.push(provider);
      return provider;
    },
    /** Signs in by the clock as the environment says, which must be in one way. */
    signInBy: async (env: Environment, options?: Partial<Session>) => {
      const [plan, ...more] = planSignIn(env, target);
      if (plan === undefined || more.length > 0) throw new Error('not one way to sign in');
      const say = (line: string) => shown.push(line);
      return signIn(plan, { timeoutMs: 5_000, now, say, ...options });
    },
    /** Writes a file into the folder, readable for its owner only, and returns its path. */
    write: async (name: string, text: string, mode = 0o600) => {
      const path = join(folder, name);
      await writeFile(path, text, { mode });
      return path;
    },
  };
}

export const test = base.extend<{ signing: ReturnType<typeof newSigning> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  signing: async ({}, use) => {
    const signing = newSigning();
    await use(signing);
    for (const provider of signing.started) await provider.close();
  },
});

/** The variables of an application at a provider. */
export function at(
  { origin, tenantId, clientId }: IdentityProvider,
  more: Environment = {},
): Environment {
  const ids = { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId };
  return { AZURE_AUTHORITY_HOST: origin, ...ids, ...more };
}

/** The variables of an application with its secret. */
export function bySecret(provider: IdentityProvider): Environment {
  return at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret });
}

/** Signs in where `az` is that file alone. */
export async function withAz<T>(az: string, use: () => Promise<T>): Promise<T> {
  const { PATH } = process.env;
  process.env.PATH = `${dirname(az)}:${dirname(process.execPath)}`;
  return use().finally(() => {
    process.env.PATH = PATH;
  });
}

/** MSAL reads the process's variables, and finds its endpoint once for the whole process. */
export async function onMachineOf(
  { platforms, origin }: IdentityProvider,
  change: object,
  use: (env: Environment) => Promise<void>,
): Promise<void> {
  const client: object = Reflect.get(new ManagedIdentityApplication(), 'managedIdentityClient');
  Reflect.set(client.constructor, 'identitySource', undefined);
  const variables = { ...platforms.machine, ...change };
  Object.assign(process.env, variables);
  await use({ GRAPH_SIGN_IN: 'managed-identity', AZURE_AUTHORITY_HOST: origin }).finally(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
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
  const error: unknown = await attempt.catch((thrown: unknown) => thrown);
  if (!(error instanceof SignInError)) throw new Error('no SignInError');
  expect(error.message.replaceAll(/"[^"]*"/g, '')).not.toMatch(/[.!?]\s|[\r\n]/);
  // What is wrong, and after the colon what to do.
  expect(error.message).toMatch(/^[A-Z].*: .+: [a-z].*[^.]\.$/);
  expect(error.cause).toBeUndefined();
  showsNone([error, error.stack], secrets);
  return error.message;
}

/** Expects none of the secrets in anything that a value prints itself as. */
export function showsNone(value: unknown, secrets: readonly string[]): void {
  const all = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true };
  const shown = [String(value), JSON.stringify(value) ?? '', inspect(value, all)].join('\n');
  // Booleans: a failing comparison would print what must not be printed.
  for (const secret of secrets) expect(shown.includes(secret), 'shows a secret').toBe(false);
}
