import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { refuseUnwritable } from '../../../fixtures/configuration/files.ts';
import { signInMethods, variables } from '../../../fixtures/configuration/table.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { recordingPaths } from '../../../fixtures/recording/paths.ts';
import { readDeviations } from '../../judge/known-deviations.ts';
import {
  complaintIn,
  declared,
  expectOneSentence,
  live,
  local,
  tenant,
} from '../support/configuration-error.ts';
import { unsigned } from '../support/sign-in.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const clientSecret = 'abc8Q~Zx9canaryB7f3e1d5b9aQmVhcmVyKx2wL0';
/** A value of each kind of secret, as it is put into the wrong variable, and the part of it that nobody may see. */
// biome-ignore format: a row a line
const misplaced: readonly (readonly [kind: string, value: string, hidden?: string])[] = [
  ['a JWT', unsigned({ sub: 'canary' })],
  ['a PEM key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ['the JSON of a stored sign-in', '{"RefreshToken":{"a":{"secret":"0.AcanaryX7"}}}'],
  ['a client secret', clientSecret],
  ['an opaque token', 'q7Rz2XkP9vLm4TnB8sWc1YhJ6dFg3KaE5uQo0ViNxZtCpGyMbHr-eUjSlwDfA2k9'],
  ['a URL with a password', 'https://ada:canary-Pw7@graph.microsoft.com/v1.0', 'canary-Pw7'],
  ['a URL with a token in its query', 'https://graph.microsoft.com/v1.0?access_token=canaryQ7x', 'canaryQ7x'],
];

/** Whether a text shows the secret: the whole of it, or twelve characters of it that no other text has. */
function shows(text: string, hidden: string): boolean {
  const parts = Array.from({ length: hidden.length - 11 }, (_, i) => hidden.slice(i, i + 12));
  const telling = parts.filter((each) => /[A-Za-z\d]{4}/.test(each));
  // A URL's host is written in lower case.
  const lower = text.toLowerCase();
  return [hidden, ...telling].some((each) => lower.includes(each.toLowerCase()));
}

const cloud = {
  ...{ ...live, GRAPH_ACCESS_TOKEN: undefined },
  ...{ AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: tenant, AZURE_CLIENT_SECRET: 's' },
  ...{ AZURE_CLIENT_CERTIFICATE_PATH: 'key.pem', AZURE_FEDERATED_TOKEN_FILE: 'token' },
};
/** The ways to configure a run that between them read every variable. */
const environments: readonly Environment[] = [
  ...[{}, local, declared('mock:8080')],
  ...signInMethods.map((method) => ({ ...cloud, GRAPH_SIGN_IN: method })),
  { ...cloud, GRAPH_SIGN_IN: 'stored', GRAPH_STORED_SIGN_IN: 'sign-in.json' },
  {
    ...cloud,
    GRAPH_SIGN_IN: 'client-secret',
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com',
  },
];

/** All that a run prints or writes of its configuration before it sends anything, or its complaint. */
function said(env: Environment): { readonly text: string; readonly isComplaint: boolean } {
  try {
    const configuration = readConfiguration(env);
    const { target, shown, recording, deviations } = configuration;
    const plans = planSignIn(env, target).map(({ method, cloud }) => [method, cloud]);
    const all = JSON.stringify([shown, plans, { ...target, personalToken: '' }]);
    readDeviations(deviations, target.name);
    refuseUnwritable(configuration);
    if (recording !== undefined) recordingPaths(configuration);
    return { text: all, isComplaint: false };
  } catch (error) {
    return { text: complaintIn(error), isComplaint: true };
  }
}

for (const [kind, value, hidden = value] of misplaced)
  test(`${kind} in the wrong variable is shown nowhere`, () => {
    // Many say the same: each text is looked at once.
    const all = new Map<string, readonly [name: string, isComplaint: boolean]>();
    for (const name of Object.keys(variables))
      for (const env of environments) {
        const { text, isComplaint } = said({ ...env, [name]: value });
        all.set(text, [name, isComplaint]);
      }
    for (const [text, [name, isComplaint]] of all) {
      if (isComplaint) expectOneSentence(text);
      // No matcher: it would print what must not be printed.
      expect(shows(text, hidden), `${name}: ${text.replaceAll(/[^ ]{30,}/g, '…')}`).toBe(false);
    }
  });

test('client id and secret that are exchanged are told by what they look like', () => {
  const way = { ...cloud, GRAPH_SIGN_IN: 'client-secret' };
  const env = { ...way, AZURE_CLIENT_ID: clientSecret, AZURE_CLIENT_SECRET: tenant };
  const text =
    'AZURE_CLIENT_ID looks like a client secret: expected the application (client) id, a GUID.';
  expect(said(env)).toEqual({ text, isComplaint: true });
  expectOneSentence(text);
});
