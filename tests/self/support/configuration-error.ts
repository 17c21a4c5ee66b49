import { expect } from '@playwright/test';
import { planSignIn, signInLacks } from '../../../fixtures/auth/plan.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../../../fixtures/configuration/errors.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';

/** What no sentence may hold. */
export const secret = 'eyJ-canary-7f3e1d5b9a';

export const tenant = '98b7e341-e341-98b7-41e3-b79841e3b798';
/** A target on this machine. */
export const local = {
  GRAPH_BASE_URL: 'http://127.0.0.1:8080/v1.0',
  GRAPH_ACCESS_TOKEN: secret,
  GRAPH_USER_ID: 'ada@example.org',
};
export const live = {
  ...local,
  GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
  GRAPH_LIVE_TENANT: tenant,
};
/** A target at a host that is declared a mock. */
export const declared = (host: string, more: Environment = {}): Environment => ({
  ...local,
  GRAPH_BASE_URL: `http://${host}/v1.0`,
  GRAPH_MOCK_HOST: host,
  ...more,
});

/** The message of the ConfigurationError that is thrown; any other end is a failure. */
export function complaintOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return complaintIn(error);
  }
  throw new Error('nothing was said');
}

/** The message of a ConfigurationError; any other error is a failure. */
export function complaintIn(error: unknown): string {
  expect(error).toBeInstanceOf(ConfigurationError);
  return error instanceof Error ? error.message : '';
}

/** What is said about an environment. */
export function complaintAbout(env: Environment): string {
  return complaintOf(() => {
    const { target } = readConfiguration(env, (its) => signInLacks(env, its));
    planSignIn(env, target);
  });
}

/** One sentence: it ends once, and holds no line break that would tear it apart in a log. `begins`: how it begins. */
export function expectOneSentence(message: string, begins = ''): void {
  expect(message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+[.?]$/u);
  expect(message).not.toMatch(/[.?!] +[A-Z]/);
  expect(message).not.toContain(secret);
  expect(message.slice(0, begins.length)).toBe(begins);
}
